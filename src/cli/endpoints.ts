import { type CommandSpec, command } from './command-spec.ts';

/** The commands that edit the endpoints of a service. */
export const endpointCommands: readonly CommandSpec[] = [
  command({
    name: 'add-endpoint',
    calledElsewhere: ['add'],
    group: 'Endpoints',
    summary: 'add a function with its handler, models and test',
    argument: { name: 'name', description: 'its key in serverless.yml, such as getOrder' },
    options: async () => (await import('../commands/add-endpoint/options.ts')).addEndpointOptions,
    notes: `Types: string, int, double, bool, datetime, date, decimal (a text such as "12.50"), any,
enum(open,paid), map<int>. With a ? (int?) it may be null or missing; with [] (string[]) it is a
list. A name with a ? (note?:string?) tells missing from null. Put < > ( ) ? in quotes.`,
    examples: [
      ['add-endpoint getOrder --path /orders/{id:int} --response @order.json'],
      ['add-endpoint listOrders --path /orders --request limit:int?,after:string?'],
      [
        `add-endpoint createOrder --method POST --path /orders \\
      --request '{"sku": "a-1", "count": 2}' --response id:int,total:double`,
      ],
      [
        `add-endpoint changeOrder --method PATCH --path /orders/{id:int} \\
      --request 'status:enum(open,paid),note:string?,rates:map<double>'`,
      ],
      ['add-endpoint getOrder --dry-run'],
    ],
    run: async (context, { argument, flags }) =>
      (await import('../commands/add-endpoint/add-endpoint.ts')).addEndpoint(
        context,
        argument,
        flags,
      ),
  }),
  command({
    name: 'remove-endpoint',
    group: 'Endpoints',
    summary: 'remove what add-endpoint added',
    argument: { name: 'name', description: 'its key in serverless.yml', completion: 'endpoint' },
    options: async () => (await import('../options/shared.ts')).removeEndpointOptions,
    notes: 'Edited files are kept, and so is what a remaining function, file or test uses.',
    examples: [['remove-endpoint getOrder --dry-run'], ['remove-endpoint getOrder']],
    run: async (context, { argument, flags }) =>
      (await import('../commands/remove-function.ts')).removeEndpoint(context, argument, flags),
  }),
  command({
    name: 'endpoints',
    calledElsewhere: ['list', 'ls', 'routes'],
    group: 'Endpoints',
    summary: 'list the endpoints of the service, and check them against the Dart files',
    options: async () => (await import('../options/shared.ts')).endpointsOptions,
    examples: [['endpoints'], ['endpoints --stage dev --json']],
    run: async (context, { flags }) =>
      (await import('../commands/endpoints/endpoints.ts')).endpoints(context, flags),
  }),
  command({
    name: 'openapi',
    calledElsewhere: ['swagger', 'export-openapi', 'spec'],
    group: 'Endpoints',
    summary: 'describe the API as OpenAPI 3.1: paths, parameters, models, errors',
    options: async () => (await import('../commands/openapi/options.ts')).openApiOptions,
    notes: 'It comes from serverless.yml, the handlers and the models, as they are on the disk.',
    examples: [
      ['openapi --out openapi.yaml'],
      ['openapi --out openapi.yaml --check', 'in CI: fails when the file is out of date'],
      ['openapi --json --stage prod'],
    ],
    run: async (context, { flags }) =>
      (await import('../commands/openapi/openapi.ts')).openapi(context, flags),
  }),
  command({
    name: 'client',
    calledElsewhere: ['generate-client', 'sdk', 'codegen'],
    group: 'Endpoints',
    summary: 'write a typed Dart client of the API, for an app',
    options: async () => (await import('../commands/client/options.ts')).clientOptions,
    notes: `It is lib/client.dart, which an app imports from the package of the service, and uses
package:http only. add-endpoint and remove-endpoint keep it up to date.`,
    examples: [
      ['client'],
      ['client --check', 'in CI'],
      ['client --out ../hello_client', 'for an app in another repository'],
    ],
    run: async (context, { flags }) =>
      (await import('../commands/client/client.ts')).client(context, flags),
  }),
  command({
    name: 'add-model',
    calledElsewhere: ['model', 'generate-model'],
    group: 'Endpoints',
    summary: 'add a model that several endpoints use, and its test',
    argument: { name: 'name', description: 'its class, such as Order' },
    secondArgument: { name: 'sample', description: 'JSON, @file.json or name:type,...' },
    options: async () => (await import('../options/shared.ts')).addModelOptions,
    examples: [
      ['add-model Order @order.json'],
      ['add-model Item sku:string,price:double,tags:string[]'],
    ],
    run: async (context, { argument: name, secondArgument: sample, flags }) =>
      (await import('../commands/add-model.ts')).addModel(
        context,
        { ...(name !== undefined && { name }), ...(sample !== undefined && { sample }) },
        flags,
      ),
  }),
  command({
    name: 'remove-model',
    group: 'Endpoints',
    summary: 'remove what add-model added',
    argument: { name: 'name', description: 'its class, such as Order' },
    options: async () => (await import('../options/shared.ts')).removeModelOptions,
    notes: 'It is refused while a handler, another model or a test uses it. Edited files are kept.',
    examples: [['remove-model Order --dry-run'], ['remove-model Order']],
    run: async (context, { argument, flags }) =>
      (await import('../commands/remove-model.ts')).removeModel(context, argument, flags),
  }),
];
