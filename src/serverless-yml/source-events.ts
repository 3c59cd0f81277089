import { EVENT_SOURCES, type EventSourceName } from '../service/event-sources.ts';
import type {
  FunctionSource,
  OtherSource,
  ScheduleSource,
  SourceResource,
} from '../service/function-source.ts';
import { asText, isRecord, isUnknown, recordOf } from '../util/json.ts';
import { eventsOf } from './http-events.ts';

/** The resources of the service by logical id, as CloudFormation takes them. */
export type Resources = Readonly<Record<string, unknown>>;

/** Lambda's default batch sizes (https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html). */
const BATCH_SIZE = { sqs: 10, stream: 100 };

/** Returns the resources of a serverless.yml, which may be a list of maps. */
export function resourcesOf(root: Readonly<Record<string, unknown>>): Resources {
  const parts = Array.isArray(root.resources) ? root.resources : [root.resources];
  return Object.assign({}, ...parts.map((part) => recordOf(recordOf(part).Resources)));
}

/**
 * Reads the events of a function that are no routes. What is not known on this machine is left
 * out, and so are kinds of events that osls does not have.
 */
export function sourceEvents(definition: unknown, resources: Resources): FunctionSource[] {
  return eventsOf(definition).flatMap((event) =>
    Object.entries(recordOf(event)).flatMap(([kind, settings]) =>
      isUnknown(settings) ? [] : sourcesOf(kind, settings, resources),
    ),
  );
}

function sourcesOf(kind: string, written: unknown, resources: Resources): FunctionSource[] {
  const settings = recordOf(written);
  const named = (value: unknown, property: string) => resourceOf(value, property, resources);
  switch (kind) {
    case 'sqs':
      return [
        {
          source: 'sqs',
          ...named(settings.arn ?? written, 'QueueName'),
          ...mapping(settings, BATCH_SIZE.sqs),
        },
      ];
    case 'stream':
      return [streamSource(written, resources)];
    case 'schedule':
      return [scheduleSource(written)];
    case 'eventBridge':
      return isSchedule(kind, settings)
        ? [scheduleSource({ ...settings, rate: settings.schedule })]
        : [
            {
              source: 'eventbridge',
              pattern: recordOf(settings.pattern),
              ...('input' in settings && { input: settings.input }),
            },
          ];
    case 's3':
      return [bucketSource(written, resources)];
    case 'sns':
      return [
        { source: 'sns', ...named(settings.arn ?? settings.topicName ?? written, 'TopicName') },
      ];
    case 'cognitoUserPool':
      return [
        {
          source: 'cognito',
          ...optional('name', asText(settings.pool)),
          trigger: asText(settings.trigger) ?? 'PreSignUp',
        },
      ];
    case 'cloudwatchLog':
      return [{ source: 'logs', ...optional('logGroup', known(settings.logGroup ?? written)) }];
    case 'websocket':
      return [{ source: 'websocket', ...optional('route', known(settings.route ?? written)) }];
  }
  const source = otherSource(kind);
  return source === undefined ? [] : [{ source, settings: written }];
}

/** Returns whether an event is a schedule, which may also be written as one of EventBridge. */
export const isSchedule = (kind: string, settings: unknown): boolean =>
  kind === 'schedule' || (kind === 'eventBridge' && recordOf(settings).schedule !== undefined);

function otherSource(kind: string): OtherSource['source'] | undefined {
  const found = Object.entries(EVENT_SOURCES).find(([, { key }]) => key === kind);
  return found?.[0] as (EventSourceName & OtherSource['source']) | undefined;
}

function streamSource(written: unknown, resources: Resources): FunctionSource {
  const settings = recordOf(written);
  const arn = settings.arn ?? written;
  const type =
    asText(settings.type) ?? (String(asText(arn)).includes(':kinesis:') ? 'kinesis' : '');
  const isKinesis = type === 'kinesis';
  const retries = settings.maximumRetryAttempts;
  const destination = recordOf(settings.destinations).onFailure;
  return {
    source: isKinesis ? 'kinesis' : 'dynamodb',
    ...resourceOf(arn, isKinesis ? 'Name' : 'TableName', resources),
    ...mapping(settings, BATCH_SIZE.stream),
    startingPosition: asText(settings.startingPosition) ?? 'TRIM_HORIZON',
    ...(typeof retries === 'number' && retries >= 0 && { retries }),
    bisects: settings.bisectBatchOnFunctionError === true,
    ...(destination !== undefined && {
      onFailure: resourceOf(recordOf(destination).arn ?? destination, 'QueueName', resources),
    }),
  };
}

function mapping(settings: Readonly<Record<string, unknown>>, defaultSize: number) {
  const { enabled, batchSize, maximumBatchingWindow, batchWindow, filterPatterns } = settings;
  const window = maximumBatchingWindow ?? batchWindow ?? 0;
  return {
    enabled: enabled !== false,
    batchSize: typeof batchSize === 'number' ? batchSize : defaultSize,
    ...(typeof window === 'number' && { window }),
    reportsFailures: settings.functionResponseType === 'ReportBatchItemFailures',
    filters: Array.isArray(filterPatterns) ? filterPatterns : [],
  };
}

function scheduleSource(written: unknown): ScheduleSource {
  const settings = recordOf(written);
  const rate = settings.rate ?? written;
  return {
    source: 'schedule',
    rates: (Array.isArray(rate) ? rate : [rate]).filter(
      (each): each is string => typeof each === 'string' && !isUnknown(each),
    ),
    enabled: settings.enabled !== false,
    ...(settings.method === 'scheduler' && { method: 'scheduler' }),
    ...optional('timezone', asText(settings.timezone)),
    ...('input' in settings && { input: settings.input }),
  };
}

function bucketSource(written: unknown, resources: Resources): FunctionSource {
  const settings = recordOf(written);
  const rules = Array.isArray(settings.rules) ? settings.rules.map(recordOf) : [];
  const rule = (name: 'prefix' | 'suffix') =>
    asText(rules.find((each) => name in each)?.[name]) ?? '';
  return {
    source: 's3',
    ...resourceOf(settings.bucket ?? written, 'BucketName', resources),
    event: asText(settings.event) ?? 's3:ObjectCreated:*',
    prefix: rule('prefix'),
    suffix: rule('suffix'),
  };
}

/** Finds what a name, an ARN or an intrinsic names; nothing where that is unknown here. */
function resourceOf(value: unknown, property: string, resources: Resources): SourceResource {
  const text = known(value);
  if (text === undefined && asText(value) !== undefined) return {};
  if (text !== undefined)
    return text.startsWith('arn:') ? { arn: text, name: nameIn(text) } : { name: text };
  const logicalId = logicalIdIn(value);
  if (logicalId === undefined) return {};
  const { Properties } = recordOf(resources[logicalId]);
  const name = asText(recordOf(Properties)[property]);
  return { logicalId, ...(!isUnknown(name) && optional('name', name)) };
}

/** Returns the name at the end of an ARN: `table/orders/stream/...` is `orders`. */
function nameIn(arn: string): string {
  const resource = arn.split(':').slice(5).join(':');
  const [first = '', second] = resource.split('/');
  return second ?? first;
}

/** Returns the logical id in a `Ref` or a `Fn::GetAtt`, which may be a text or a list. */
function logicalIdIn(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const attribute = value['Fn::GetAtt'];
  const path = Array.isArray(attribute) ? attribute[0] : asText(attribute)?.split('.')[0];
  return asText(value.Ref) ?? asText(path);
}

/** Returns a text without variables that only AWS resolves. */
function known(value: unknown): string | undefined {
  const text = asText(value);
  return text?.includes('${') ? undefined : text;
}

const optional = <K extends string>(
  key: K,
  value: string | undefined,
): { readonly [P in K]?: string } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string };
