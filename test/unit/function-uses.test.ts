import { describe, expect, it } from 'vitest';
import { LINE, service, usesIn, variable } from '../support/function-uses.ts';

describe('a use of a function', () => {
  it.each([
    ['an authorizer', 'events: [{ http: { path: /, method: GET, authorizer: createOrder } }]'],
    [
      'a named authorizer',
      'events: [{ http: { path: /, method: GET, authorizer: { name: createOrder } } }]',
    ],
    [
      'an authorizer by !GetAtt',
      'events: [{ http: { path: /, method: GET, authorizer: { arn: !GetAtt CreateOrderLambdaFunction.Arn } } }]',
    ],
    [
      'an authorizer by its name on AWS',
      'events: [{ http: { path: /, method: GET, authorizer: "arn:aws:lambda:eu-west-1:1:function:shop-dev-createOrder" } }]',
    ],
    [
      'an authorizer by its name on AWS with variables',
      'events: [{ http: { path: /, method: GET, authorizer: "arn:aws:lambda:$(aws:region)$:$(aws:accountId)$:function:$(self:service)$-$(sls:stage)$-createOrder" } }]',
    ],
    [
      'an authorizer of a web socket',
      'events: [{ websocket: { route: $connect, authorizer: createOrder } }]',
    ],
    [
      'a named authorizer of a web socket',
      'events: [{ websocket: { route: $connect, authorizer: { name: createOrder } } }]',
    ],
    ['a destination of failures', 'destinations: { onFailure: createOrder }'],
    ['a destination of successes', 'destinations: { onSuccess: createOrder }'],
    [
      'a destination by its name on AWS',
      'destinations: { onFailure: "arn:aws:lambda:eu-west-1:1:function:shop-dev-createOrder" }',
    ],
    ['a dependency', 'dependsOn: CreateOrderLambdaFunction'],
    ['one of several dependencies', 'dependsOn: [Table, CreateOrderLogGroup]'],
    ['a variable', 'timeout: $(self:functions.createOrder.timeout, 6)$'],
    ['a variable of all of it', 'tags: $(self:functions.createOrder)$'],
    [
      'a variable of the file',
      'timeout: $(file(serverless.yml):functions.createOrder.timeout, 6)$',
    ],
    [
      'a variable within another',
      'timeout: $(param:t, $(self:functions.createOrder.timeout, 6)$)$',
    ],
    ['an environment with !Ref', 'environment: { FN: !Ref CreateOrderLambdaFunction }'],
    [
      'an environment with Fn::GetAtt',
      'environment: { FN: { "Fn::GetAtt": [CreateOrderLambdaFunction, Arn] } }',
    ],
    [
      'an environment with a list of !GetAtt',
      'environment: { FN: !GetAtt [CreateOrderLambdaFunction, Arn] }',
    ],
    ['an environment with !Sub', 'environment: { FN: !Sub "$(CreateOrderLambdaFunction.Arn)$" }'],
    [
      'an environment with !Sub and values',
      'environment: { FN: !Sub ["$(x)$$(CreateOrderLambdaFunction)$", { x: 1 }] }',
    ],
    ['an environment with its name on AWS', 'environment: { FN: shop-dev-createOrder }'],
    [
      'an environment with its name on AWS in variables',
      'environment: { FN: "$(self:service)$-$(sls:stage)$-createOrder" }',
    ],
    ['a role', 'role: !GetAtt CreateOrderIamRoleLambdaExecution.Arn'],
    ['a hook of a deployment', 'deploymentSettings: { preTrafficHook: createOrder }'],
  ])('of another function is %s', (_what, line) => {
    const uses = usesIn(variable(`${service}    ${line}\n`));
    expect(uses).toEqual([expect.stringMatching(`^${LINE}:\\d+ functions\\.hello\\.`)]);
  });

  it.each([
    [
      'an output',
      'resources: { Outputs: { A: { Value: !GetAtt CreateOrderLambdaFunction.Arn } } }',
      'resources.Outputs.A.Value',
    ],
    [
      'an output of its version',
      'resources: { Outputs: { A: { Value: !Ref CreateOrderLambdaVersionX1 } } }',
      'resources.Outputs.A.Value',
    ],
    [
      'a resource',
      'resources: { Resources: { P: { Properties: { FunctionName: !Ref CreateOrderLambdaFunction } } } }',
      'resources.Resources.P.Properties.FunctionName',
    ],
    [
      'a resource by its name on AWS',
      'resources: { Resources: { P: { Properties: { FunctionName: shop-dev-createOrder } } } }',
      'resources.Resources.P.Properties.FunctionName',
    ],
    [
      'a resource that is joined',
      'resources: { Resources: { P: { Properties: { Uri: !Join ["", [a, !GetAtt CreateOrderLambdaFunction.Arn]] } } } }',
      'resources.Resources.P.Properties.Uri.1.1',
    ],
    [
      'a resource that depends on it',
      'resources: { Resources: { P: { DependsOn: [CreateOrderLambdaFunction] } } }',
      'resources.Resources.P.DependsOn.0',
    ],
    [
      'a resource that depends on its route',
      'resources: { Resources: { P: { DependsOn: ApiGatewayMethodOrdersPost } } }',
      'resources.Resources.P.DependsOn',
    ],
    [
      'an alarm',
      'resources: { Resources: { P: { Properties: { Dimensions: [{ Value: !Ref CreateOrderLambdaFunction }] } } } }',
      'resources.Resources.P.Properties.Dimensions.0.Value',
    ],
    [
      'a change of its resource',
      'resources: { extensions: { CreateOrderLogGroup: { Properties: { RetentionInDays: 3 } } } }',
      'resources.extensions.CreateOrderLogGroup',
    ],
    [
      'a part of its resource',
      'resources: { Resources: { CreateOrderLambdaFunction: { DeletionPolicy: Retain } } }',
      'resources.Resources.CreateOrderLambdaFunction',
    ],
    [
      'a state machine',
      'stepFunctions: { stateMachines: { a: { definition: { States: { B: { Resource: !GetAtt CreateOrderLambdaFunction.Arn } } } } } }',
      'stepFunctions.stateMachines.a.definition.States.B.Resource',
    ],
    [
      'a state machine by its key',
      'stepFunctions: { stateMachines: { a: { definition: { States: { B: { Resource: { "Fn::GetAtt": [createOrder, Arn] } } } } } } }',
      'stepFunctions.stateMachines.a.definition.States.B.Resource',
    ],
    [
      'a value that a plugin reads',
      'custom: { alarms: { functionName: createOrder } }',
      'custom.alarms.functionName',
    ],
    [
      'a list that a plugin reads',
      'custom: { warm: { functions: [hello, createOrder] } }',
      'custom.warm.functions.1',
    ],
    ['a variable', 'custom: { a: "$(self:functions.createOrder.handler)$" }', 'custom.a'],
    [
      'a variable by a pseudo parameter',
      'custom: { a: "#{CreateOrderLambdaFunction}" }',
      'custom.a',
    ],
    [
      'a data source',
      'appSync: { dataSources: { a: { config: { functionName: createOrder } } } }',
      'appSync.dataSources.a.config.functionName',
    ],
  ])('of the service is %s', (_what, line, by) => {
    expect(usesIn(variable(`${service}${line}\n`))).toEqual([
      expect.stringMatching(new RegExp(`^${LINE}:\\d+ ${by.replaceAll('.', '\\.')}$`)),
    ]);
  });

  it.each([
    [
      'authorizers',
      'httpApi: { authorizers: { a: { type: request, functionName: createOrder } } }',
      'httpApi.authorizers.a.functionName',
    ],
    ['the environment', 'environment: { FN: !Ref CreateOrderLambdaFunction }', 'environment.FN'],
    [
      'permissions',
      'iam: { role: { statements: [{ Resource: [!GetAtt CreateOrderLambdaFunction.Arn] }] } }',
      'iam.role.statements.0.Resource.0',
    ],
  ])('of the provider is in %s', (_what, line, by) => {
    const text = service.replace('functions:', `  ${line}\nfunctions:`);
    expect(usesIn(text)).toEqual([expect.stringMatching(new RegExp(`^5:\\d+ provider\\.${by}$`))]);
  });
});
