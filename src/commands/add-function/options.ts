import { type Choice, type Flags, option } from '../../options/option.ts';
import { edits } from '../../options/shared.ts';
import { EVENT_SOURCES, type EventSourceName, kindsOf } from '../../service/event-sources.ts';
import {
  matching,
  scheduleCron,
  scheduleRate,
  timeZone,
} from '../../service/new-source/options.ts';

type Choices<T extends string> = readonly [Choice<T>, ...Choice<T>[]];

const choicesOf = (values: readonly string[]) =>
  values.map((value) => ({ value })) as unknown as Choices<string>;

const SOURCES = Object.entries(EVENT_SOURCES).map(([value, { about }]) => ({
  ...{ value, title: `${value} (${about})` },
})) as unknown as Choices<EventSourceName>;
/** A name or a logical id, an ARN, or an export. */
const RESOURCE = /^([A-Za-z0-9_][\w.-]*|(arn|import):\S+)$/;
const EXISTING = 'its name, logical id, ARN, or import:<export>';

/** What `add-function` says of the source of the events, in the order of its questions. */
export const sourceOptions = {
  queue: option.text({
    value: 'queue',
    help: `sqs: ${EXISTING}`,
    parse: matching(RESOURCE, 'orders'),
    question: 'Which queue?',
    suggestion: 'orders',
  }),
  topic: option.text({
    value: 'topic',
    help: `sns: ${EXISTING}`,
    parse: matching(RESOURCE, 'notices'),
    question: 'Which topic?',
    suggestion: 'notices',
  }),
  bucket: option.text({
    value: 'bucket',
    help: 's3: its name',
    parse: matching(/^(?!.*\.\.)(?![\d.]+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'acme-uploads'),
    question: 'Which bucket?',
    suggestion: 'acme-uploads',
  }),
  prefix: option.text({ value: 'text', help: 's3: only keys that start so' }),
  suffix: option.text({ value: 'text', help: 's3: only keys that end so' }),
  table: option.text({
    value: 'table',
    help: 'dynamodb: its name, logical id, import:<export>, or the ARN of its stream',
    parse: matching(RESOURCE, 'orders'),
    question: 'Which table?',
    suggestion: 'orders',
  }),
  stream: option.text({
    value: 'stream',
    help: `kinesis: ${EXISTING}`,
    parse: matching(RESOURCE, 'clicks'),
    question: 'Which stream?',
    suggestion: 'clicks',
  }),
  rate: option.text({
    value: 'rate',
    help: 'schedule: 10 minutes, or cron(...)',
    parse: scheduleRate,
    question: 'How often? (10 minutes, or cron(0 12 * * ? *))',
    suggestion: '10 minutes',
  }),
  cron: option.text({
    value: 'fields',
    help: 'schedule: six fields, such as "0 12 * * ? *"',
    parse: scheduleCron,
  }),
  timezone: option.text({
    value: 'zone',
    help: 'schedule: of the times, such as Europe/Berlin (default UTC)',
    parse: timeZone,
  }),
  pattern: option.text({
    value: 'pattern',
    help: 'eventbridge: the event pattern, JSON or @file.json',
    question: 'Which events? (a pattern as JSON, or @file.json)',
    suggestion: '{"source":["acme.orders"]}',
  }),
  bus: option.text({ value: 'bus', help: 'eventbridge: its name, ARN, or import:<export>' }),
  logGroup: option.text({
    value: 'name',
    help: 'logs: the log group',
    parse: matching(/^[/#A-Za-z0-9_.-]+$/, '/aws/lambda/shop-dev-hello'),
    question: 'Which log group?',
    suggestion: '/aws/lambda/shop-dev-hello',
  }),
  filter: option.text({ value: 'pattern', help: 'logs: only lines that match' }),
  pool: option.text({
    value: 'pool',
    help: 'cognito: the name of the user pool',
    parse: matching(/^[\w\s+=,.@-]{1,128}$/, 'customers'),
    question: 'Which user pool?',
    suggestion: 'customers',
  }),
  trigger: option.choice({
    value: 'trigger',
    help: 'cognito: the trigger',
    choices: choicesOf(kindsOf('cognito')),
    question: 'Which trigger?',
  }),
  kmsKey: option.text({
    value: 'arn',
    help: 'cognito: the key of CustomEmailSender and CustomSMSSender',
    parse: matching(/^arn:/, 'arn:aws:kms:us-east-1:123456789012:key/...'),
    question: 'Which KMS key encrypts the code? (its ARN)',
  }),
  sql: option.text({
    value: 'sql',
    help: 'iot: the statement of the rule',
    parse: matching(/^\s*SELECT\s/i, "SELECT * FROM 'devices/+/readings'"),
    question: 'Which messages?',
    suggestion: "SELECT * FROM 'devices/+/readings'",
  }),
  listener: option.text({
    value: 'arn',
    help: 'alb: the ARN of the listener',
    parse: matching(
      /^arn:[\w-]+:elasticloadbalancing:/,
      'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2',
    ),
    question: 'Which listener? (its ARN)',
  }),
  path: option.text({
    value: 'path',
    help: 'alb: the path, with * and ? for any characters',
    defaultHelp: '/<name>',
    parse: matching(/^\//, '/shop/*'),
  }),
  route: option.text({
    value: 'route',
    help: 'websocket: $connect, $disconnect, $default or one of your own',
    parse: matching(/^(\$(connect|disconnect|default)|[^$\s].*)$/, '$default'),
    question: 'Which route? ($connect, $disconnect, $default or one of your own)',
    suggestion: '$default',
  }),
  type: option.choice({
    value: 'type',
    help: 'authorizer: of a REST API (token, request) or of an HTTP API (http)',
    choices: choicesOf(kindsOf('authorizer')),
    question: 'Which type? (http is that of an HTTP API)',
  }),
};

/** The options of `add-function`, in the order of its questions. */
export const addFunctionOptions = {
  event: option.choice({
    value: 'source',
    help: 'what calls it',
    choices: SOURCES,
    question: 'What calls it?',
  }),
  ...sourceOptions,
  payload: option.text({
    value: 'sample',
    help: 'JSON, @file.json or name:type,... of a message (sqs, sns, kinesis) or a detail (eventbridge)',
  }),
  create: option.flag({
    help: 'make what the events come from: a queue with its dead-letter queue, a table, a bucket ...',
  }),
  partial: option.flag({
    help: 'if a file cannot be edited, write the rest and print what is left to paste',
  }),
  ...edits,
};

export type AddFunctionFlags = Flags<typeof addFunctionOptions>;
