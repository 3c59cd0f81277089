import type { ListedFunction } from '../../api-types.ts';
import { eventsOf } from '../../serverless-yml/http-events.ts';
import { EVENT_SOURCES } from '../../service/event-sources.ts';
import type { FunctionSource, SourceResource } from '../../service/function-source.ts';
import type { ServiceFunction } from '../../service/service.ts';
import { asText, isRecord, recordOf } from '../../util/json.ts';

/** The keys of the events that are described by more than themselves. */
const KNOWN = new Set<string | undefined>([
  'http',
  'httpApi',
  ...Object.values(EVENT_SOURCES).map(({ key }) => key),
]);

/** Lists what calls a function: its routes, its URL, its sources. */
export function eventsOfFunction(
  fn: ServiceFunction,
  definition: unknown,
): ListedFunction['events'] {
  return [
    ...fn.events.map(({ api, method, path }) => ({
      source: api === 'rest' ? 'http' : 'httpApi',
      text: path === '$default' ? path : `${method} ${path}`,
    })),
    ...(fn.url === undefined ? [] : [{ source: 'url', text: 'function URL' }]),
    ...(fn.sources ?? []).map((source) => ({
      source: source.source,
      text: [source.source, ...wordsOf(source)].join(' '),
    })),
    ...eventsOf(definition)
      .flatMap((event) => Object.keys(recordOf(event)))
      .filter((kind) => !KNOWN.has(kind))
      .map((kind) => ({ source: kind, text: kind })),
  ];
}

/** Says which resource of a source calls the function, and when. */
function wordsOf(source: FunctionSource): string[] {
  switch (source.source) {
    case 'sqs':
    case 'kinesis':
    case 'dynamodb':
      return [...nameOf(source), ...unless(source.enabled)];
    case 'sns':
      return nameOf(source);
    case 's3': {
      const { event, prefix, suffix } = source;
      const keys = prefix === '' && suffix === '' ? [] : [`${prefix}*${suffix}`];
      return [...nameOf(source), event.replace(/^s3:|:\*$/g, ''), ...keys];
    }
    case 'cognito':
      return [...nameOf(source), source.trigger];
    case 'schedule':
      return [source.rates.join(', '), ...unless(source.enabled)].filter((word) => word !== '');
    case 'eventbridge':
      return ['source', 'detail-type'].flatMap((key) => textsOf(source.pattern[key]));
    case 'logs':
      return textsOf(source.logGroup);
    case 'websocket':
      return textsOf(source.route);
    case 'authorizer':
      return [`of ${source.of.join(', ')}`];
    case 'iot':
      return textsOf(recordOf(source.settings).sql);
    case 'alb':
      return textsOf(recordOf(recordOf(source.settings).conditions).path);
    default:
      return [];
  }
}

const nameOf = ({ name, logicalId }: SourceResource): string[] => textsOf(name ?? logicalId);

const unless = (enabled: boolean): string[] => (enabled ? [] : ['(disabled)']);

/** Lists the texts of a value that may be one or a list, of which some may be rules. */
function textsOf(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((each) => {
    const text = asText(isRecord(each) ? each.prefix : each);
    return text === undefined ? [] : [isRecord(each) ? `${text}*` : text];
  });
}
