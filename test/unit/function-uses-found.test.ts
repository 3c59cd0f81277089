import { describe, expect, it } from 'vitest';
import { service, usesIn, variable } from '../support/function-uses.ts';

describe('a use of a function', () => {
  it('is found where a variable leads to the name of the function', () => {
    const text = `${service}    events: [{ http: { path: /, method: GET, authorizer: "$(self:custom.guard)$" } }]\ncustom: { guard: createOrder }\n`;
    expect(usesIn(variable(text))).toEqual([
      expect.stringMatching(/^12:\d+ functions.*authorizer$/),
    ]);
  });

  it('is found behind an alias and a merge key', () => {
    const text = service
      .replace('provider:', 'x-guard: &guard { authorizer: createOrder }\nprovider:')
      .concat(
        '    events:\n      - http:\n          path: /\n          method: GET\n          <<: *guard\n',
      );
    expect(usesIn(text)).toEqual([expect.stringMatching(/^\d+:\d+ functions\.hello.*authorizer$/)]);
  });

  it('is found in the files that variables name, with its place there', () => {
    const files = {
      'resources/alarms.yml': 'Outputs:\n  A:\n    Value: !Ref CreateOrderLambdaFunction\n',
      'custom.yml': variable('a:\n  b: $(self:functions.createOrder.timeout, 6)$\n'),
      'machine.json': '{"Resource": {"Fn::GetAtt": ["CreateOrderLambdaFunction", "Arn"]}}',
      'body.txt': variable('a: b: $(CreateOrderLambdaFunction)$'),
    };
    const text = variable(
      [
        `${service}resources: ["$(file(resources/alarms.yml))$"]`,
        'custom: $(file(custom.yml):a)$',
        'stepFunctions: { stateMachines: "$(file(machine.json))$" }',
        'outputs: { body: !Sub "$(file(body.txt))$" }\n',
      ].join('\n'),
    );
    expect(usesIn(text, { files })).toEqual([
      'resources/alarms.yml:3:17 resources.0.Outputs.A.Value',
      'machine.json:1:30 stepFunctions.stateMachines.Resource',
      '15:23 outputs.body',
      'custom.yml:2:6 custom.b',
    ]);
  });

  it('is at the key where that is what names it', () => {
    const text = `${service}resources:\n  Resources:\n    CreateOrderLambdaFunction:\n      DependsOn: [A]\n`;
    expect(usesIn(text)).toEqual(['14:5 resources.Resources.CreateOrderLambdaFunction']);
  });

  it('is told once for each place', () => {
    const text = `${service}    dependsOn: CreateOrderLambdaFunction\n    environment:\n      A: !Ref CreateOrderLambdaFunction\n      B: !Sub '$(CreateOrderLambdaFunction)$ $(CreateOrderLambdaFunction.Arn)$'\n`;
    expect(usesIn(variable(text))).toHaveLength(3);
  });

  it('counts by each of the names that the function had', () => {
    const text = service
      .replace('createOrder:', 'newOrder:')
      .concat(
        '    dependsOn: [CreateOrderLambdaFunction, NewOrderLambdaFunction]\n    destinations: { onFailure: createOrder }\n',
      );
    expect(usesIn(text, { names: ['newOrder', 'createOrder'] })).toHaveLength(3);
    expect(usesIn(text, { names: ['newOrder'] })).toHaveLength(1);
  });

  it.each([
    ['create-order', 'CreateDashorderLambdaFunction'],
    ['create_order', 'CreateUnderscoreorderLambdaFunction'],
    ['CreateOrder', 'CreateOrderLambdaFunction'],
    ['2nd', '2ndLambdaFunction'],
  ])('names %s as osls does: %s', (key, id) => {
    const text = service.replace('createOrder:', `${key}:`);
    const using = `${text}    dependsOn: ${id}\n`;
    expect(usesIn(using, { names: [key] })).toHaveLength(1);
  });
});

describe('no use of a function', () => {
  it.each([
    [
      'what is in its own entry',
      service.replace(
        '  hello:',
        '    environment: { ME: !Ref CreateOrderLambdaFunction, N: shop-dev-createOrder }\n    dependsOn: CreateOrderLogGroup\n    timeout: $(self:functions.createOrder.memorySize, 3)$\n  hello:',
      ),
    ],
    ['a function that begins the same', `${service}    dependsOn: CreateOrderLineLambdaFunction\n`],
    ['a function that ends the same', `${service}    dependsOn: PreCreateOrderLambdaFunction\n`],
    [
      'a variable of a function that begins the same',
      `${service}    timeout: $(self:functions.createOrders.timeout, 6)$\n`,
    ],
    [
      'an authorizer of the provider',
      `${service}    events: [{ httpApi: { path: /, method: GET, authorizer: { name: createOrder } } }]\n`,
    ],
    [
      'the name of an authorizer by an ARN',
      `${service}    events: [{ http: { path: /, method: GET, authorizer: { name: createOrder, arn: "arn:aws:cognito-idp:eu-west-1:1:userpool/x" } } }]\n`,
    ],
    [
      'a destination that is a function of another service',
      `${service}    destinations: { onFailure: "arn:aws:lambda:eu-west-1:1:function:other-dev-createOrder" }\n`,
    ],
    [
      'a function on AWS with a longer name',
      `${service}    environment: { FN: "arn:aws:lambda:eu-west-1:1:function:shop-dev-createOrder-2" }\n`,
    ],
    ['a comment', `${service}    # CreateOrderLambdaFunction and createOrder\n`],
    [
      'a description',
      `${service}    description: Like CreateOrderLambdaFunction, and createOrder\n`,
    ],
    [
      'a word that is the same',
      `${service}    tags: { team: createOrder }\n    environment: { QUEUE: createOrder }\n`,
    ],
    [
      'a queue that is named as it',
      `${service}resources: { Resources: { Q: { Properties: { QueueName: shop-dev-createOrder } } } }\n`,
    ],
    [
      'an output that has the name of its resource',
      `${service}resources: { Outputs: { CreateOrderLambdaFunction: { Value: a } } }\n`,
    ],
    [
      'a resource that depends on a route which another function has',
      `${service}    events: [{ http: POST /orders }]\nresources: { Resources: { P: { DependsOn: ApiGatewayMethodOrdersPost } } }\n`,
    ],
    [
      'a state that is called so',
      `${service}stepFunctions: { stateMachines: { a: { definition: { StartAt: createOrder } } } }\n`,
    ],
  ])('is %s', (_what, text) => {
    expect(usesIn(variable(text))).toEqual([]);
  });

  it('is in a file that only the function itself includes', () => {
    const files = {
      'env.yml': variable(
        'ME: !Ref CreateOrderLambdaFunction\nT: $(self:functions.createOrder.timeout, 6)$\n',
      ),
    };
    const own = service.replace('  hello:', '    environment: $(file(env.yml))$\n  hello:');
    expect(usesIn(variable(own), { files })).toEqual([]);
    const both = `${own}    environment: $(file(env.yml))$\n`;
    expect(usesIn(variable(both), { files })).toHaveLength(2);
  });
});
