import { removeFunction } from '../../src/commands/remove-function.ts';
import { type AddFunctionGiven, addFunction } from './commands.ts';
import { scripted } from './context.ts';

const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:123456789012:${rest}`;
const KEY = arn('kms', 'key/6f1e1b9a-2c0d-4b7e-9d55-0c1f4d2a7b10');
const LISTENER = arn('elasticloadbalancing', 'listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2');

/** Resources of a service, of which functions get events. */
export const OWN_RESOURCES = {
  Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'shop-jobs' } },
  Notices: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'shop-notices' } },
  Items: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'shop-items',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    },
  },
  Clicks: {
    Type: 'AWS::Kinesis::Stream',
    Properties: { Name: 'shop-clicks', StreamModeDetails: { StreamMode: 'ON_DEMAND' } },
  },
};

/** What `add-function` is told, by the name of the function. */
type Functions = Readonly<Record<string, AddFunctionGiven>>;

/** Functions of all sources, with what their events come from. They fit into one service. */
export const created: Functions = {
  onOrder: { event: 'sqs', queue: 'orders', payload: '{"id": 7, "lines": [{"sku": "a"}]}' },
  onParcel: { event: 'sqs', queue: 'parcels.fifo' },
  onNotice: { event: 'sns', topic: 'notices', payload: 'text:string' },
  onUpload: { event: 's3', bucket: 'acme-uploads', prefix: 'in/', suffix: '.jpg' },
  onItem: { event: 'dynamodb', table: 'items' },
  onClick: { event: 'kinesis', stream: 'clicks', payload: 'page:string' },
  onSignUp: { event: 'cognito', pool: 'customers', trigger: 'PreSignUp' },
  onEmail: { event: 'cognito', pool: 'people', trigger: 'CustomEmailSender', kmsKey: KEY },
  onShipped: {
    ...{ event: 'eventbridge', pattern: '{"source":["acme.orders"],"detail":{"total":[7]}}' },
    ...{ bus: 'orders', payload: '{"total": 7}' },
  },
  onLetter: { event: 'ses' },
};
for (const given of Object.values(created)) Object.assign(given, { create: true });

/** Functions of all sources, whose events come from what is there. They fit into one service. */
export const referring: Functions = {
  byArn: { event: 'sqs', queue: arn('sqs', 'orders.fifo') },
  byImport: { event: 'sqs', queue: 'import:shop-OrdersArn' },
  noticeByArn: { event: 'sns', topic: arn('sns', 'notices') },
  noticeByImport: { event: 'sns', topic: 'import:shop-Notices' },
  upload: { event: 's3', bucket: 'acme.incoming' },
  itemByArn: {
    event: 'dynamodb',
    table: arn('dynamodb', 'table/items/stream/2026-01-01T00:00:00.000'),
  },
  itemByImport: { event: 'dynamodb', table: 'import:shop-ItemsStream' },
  clickByArn: { event: 'kinesis', stream: arn('kinesis', 'stream/clicks') },
  clickByImport: { event: 'kinesis', stream: 'import:shop-Clicks' },
  hourly: { event: 'schedule', rate: '1 hour' },
  nightly: { event: 'schedule', cron: '0 3 * * ? *' },
  atNine: { event: 'schedule', cron: '0 9 ? * MON-FRI *', timezone: 'Europe/Berlin' },
  onPattern: { event: 'eventbridge', pattern: '{"source":[{"prefix":"acme."}]}' },
  onBusByArn: {
    ...{ event: 'eventbridge', pattern: '{"detail-type":["OrderPlaced"]}' },
    bus: arn('events', 'event-bus/orders'),
  },
  onBusByImport: { event: 'eventbridge', pattern: '{"source":["a"]}', bus: 'import:shop-Bus' },
  onLine: { event: 'logs', logGroup: '/aws/lambda/other-dev-hello' },
  onError: { event: 'logs', logGroup: '/aws/ecs/shop', filter: '{ $.level = "error" }' },
  preToken: { event: 'cognito', pool: 'customers', trigger: 'PreTokenGeneration' },
  migrate: { event: 'cognito', pool: 'customers', trigger: 'UserMigration' },
  onSms: { event: 'cognito', pool: 'customers', trigger: 'CustomSMSSender', kmsKey: KEY },
  transform: { event: 'firehose' },
  onMail: { event: 'ses' },
  onReading: { event: 'iot', sql: "SELECT * FROM 'devices/+/readings' WHERE t > 7" },
  shopPage: { event: 'alb', listener: LISTENER, path: '/shop/*' },
  shopHome: { event: 'alb', listener: LISTENER },
  onConnect: { event: 'websocket', route: '$connect' },
  onPrice: { event: 'websocket', route: 'price' },
  byToken: { event: 'authorizer', type: 'token' },
  byRequest: { event: 'authorizer', type: 'request' },
  byHttp: { event: 'authorizer', type: 'http' },
  resolve: { event: 'appsync' },
};

/** Functions of resources of the service, {@link OWN_RESOURCES}. */
export const ofOwn: Functions = {
  byId: { event: 'sqs', queue: 'Jobs' },
  byName: { event: 'sqs', queue: 'shop-jobs' },
  noticeById: { event: 'sns', topic: 'Notices' },
  itemById: { event: 'dynamodb', table: 'Items' },
  clickByName: { event: 'kinesis', stream: 'shop-clicks' },
};

/** Runs add-function in the folder; returns what it printed. */
export async function addIn(cwd: string, name: string, given: AddFunctionGiven) {
  const { context, results, notes } = scripted({ cwd });
  await addFunction(context, name, given);
  return { result: results.join('\n'), notes };
}

/** Runs remove-function in the folder; returns what it printed besides the result. */
export async function removeIn(
  cwd: string,
  name: string,
  flags: { readonly force?: boolean } = {},
): Promise<readonly string[]> {
  const { context, notes } = scripted({ cwd });
  await removeFunction(context, name, flags);
  return notes;
}
