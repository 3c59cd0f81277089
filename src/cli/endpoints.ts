import type { CommandSpec, OptionSpec } from './command-spec.ts';
import { paramOption } from './param-option.ts';

const methods = async () => (await import('../service/endpoint-rules.ts')).METHODS;

const edits: readonly OptionSpec[] = [
  { flags: '--dry-run', description: 'print the diff, write nothing' },
  { flags: '-y, --yes', description: 'ask nothing' },
  { flags: '--json', description: 'print one JSON document' },
];

/** The commands that edit the endpoints of a service. */
export const endpointCommands: readonly CommandSpec[] = [
  {
    name: 'add-endpoint',
    calledElsewhere: ['add', 'add-function'],
    group: 'Endpoints',
    summary: 'add a function with its handler, models and test',
    argument: { name: 'name', description: 'its key in serverless.yml, such as getOrder' },
    options: [
      {
        flags: '--method <method>',
        description: 'GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS, ANY  (default: GET)',
        values: methods,
      },
      {
        flags: '--path <path>',
        description: 'path, with {parameters}; {id:int} is typed  (default: /<name>)',
      },
      {
        flags: '--request <sample>',
        description: 'JSON, @file.json or name:type,... of the body (GET: the query)',
      },
      { flags: '--response <sample>', description: 'the same of the answer' },
      {
        flags: '--partial',
        description: 'where a file cannot be edited, write the rest, print what is left to paste',
      },
      ...edits,
    ],
    notes: `Types: string, int, double, bool, datetime, date, any. With a ? (int?) it may be null or
missing; with [] (string[]) it is a list.`,
    examples: [
      ['add-endpoint getOrder --path /orders/{id:int} --response @order.json'],
      ['add-endpoint listOrders --path /orders --request limit:int?,after:string?'],
      [
        `add-endpoint createOrder --method POST --path /orders \\
      --request '{"sku": "a-1", "count": 2}' --response id:int,total:double`,
      ],
      ['add-endpoint getOrder --dry-run'],
    ],
    run: async (context, { argument, flags }) =>
      (await import('../commands/add-endpoint.ts')).addEndpoint(context, argument, flags),
  },
  {
    name: 'remove-endpoint',
    group: 'Endpoints',
    summary: 'take out what add-endpoint has added',
    argument: { name: 'name', description: 'its key in serverless.yml', values: 'endpoint' },
    options: [...edits, { flags: '--force', description: 'delete edited files too' }],
    notes: 'Files that were edited are kept, and what a function, file or test that stays uses.',
    examples: [['remove-endpoint getOrder --dry-run'], ['remove-endpoint getOrder']],
    run: async (context, { argument, flags }) =>
      (await import('../commands/remove-endpoint.ts')).removeEndpoint(context, argument, flags),
  },
  {
    name: 'endpoints',
    calledElsewhere: ['list', 'ls', 'functions', 'routes'],
    group: 'Endpoints',
    summary: 'list the endpoints of the service, and what does not fit together',
    options: [
      { flags: '--stage <stage>', description: 'show the URLs that the deployed stage has' },
      {
        flags: '--region <region>',
        description: 'AWS region  (default: what serverless.yml says)',
      },
      { flags: '--aws-profile <profile>', description: 'profile of the AWS configuration' },
      paramOption,
      { flags: '--json', description: 'print one JSON document' },
    ],
    examples: [['endpoints'], ['endpoints --stage dev --json']],
    run: async (context, { flags }) =>
      (await import('../commands/endpoints.ts')).endpoints(context, flags),
  },
];
