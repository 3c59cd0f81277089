import { resolveUri } from '../dart/main/declarations.ts';
import { typeOfReader } from '../dart/main/event-types.ts';
import type { DartParser } from '../dart/main/parser.ts';
import { RUNTIME } from '../dart/main/runtime-package.ts';
import { type HandlerSource, readEventHandler } from '../dart/reading/event-handler.ts';
import type { Message } from '../message.ts';
import type { Configuration } from '../serverless-yml/configuration.ts';
import { resourcesOf } from '../serverless-yml/source-events.ts';
import {
  EVENT_SOURCES,
  type EventSourceName,
  eventClass,
  eventClasses,
  kindsOf,
} from '../service/event-sources.ts';
import type { FunctionSource } from '../service/function-source.ts';
import type { Consistency, PlacedFunction, Problem, Registered } from './check.ts';
import * as messages from './messages.ts';
import { checkQueue, type Finding } from './queues.ts';

/** What the functions and their Dart files were read with. */
interface ReadWith {
  readonly configuration: Configuration;
  readonly parser: DartParser;
  readonly packageName: string;
}

/** The class of a request of API Gateway or of a function URL. */
const REQUEST = 'AwsApiGatewayEvent';

/** The class that all triggers of a Cognito user pool have in common. */
const TRIGGER = 'AwsCognitoEvent';

/** The classes of the runtime whose events are known; any other class may read any event. */
const CLASSES: ReadonlySet<string> = new Set([
  REQUEST,
  TRIGGER,
  ...(Object.keys(EVENT_SOURCES) as EventSourceName[]).flatMap(eventClasses),
]);

/** Checks whether functions take the events of their sources as these send them. */
export function checkSources(
  functions: readonly PlacedFunction[],
  { configuration, parser, packageName }: ReadWith,
): Pick<Consistency, 'problems' | 'notes'> {
  const resources = resourcesOf(configuration.value);
  const findings = functions.flatMap((placed): (Finding & Problem)[] => {
    const { fn, registered, declared } = placed;
    const handler = declared && readEventHandler(parser, declared.library, declared.name);
    const dart = registered ? checkClass(placed, registered, handler, packageName) : [];
    const line = registered?.registration.line;
    const inYml = placeOf(configuration, fn.key);
    const sources = fn.sources ?? [];
    return [
      ...dart.map((message) => ({ file: registered?.file ?? '', line, message, isNote: false })),
      ...[
        ...(handler ? sources.flatMap((source) => checkBatch(placed, source, handler)) : []),
        ...sources.flatMap((source) => checkQueue(fn, source, resources)),
      ].map((finding) => ({ ...inYml, ...finding })),
    ];
  });
  const toProblem = ({ file, line, message }: Problem): Problem => ({ file, line, message });
  return {
    problems: findings.filter(({ isNote }) => !isNote).map(toProblem),
    notes: findings.filter(({ isNote }) => isNote).map(toProblem),
  };
}

/** Returns where the events of a function are written. */
export function placeOf({ place }: Configuration, key: string): Pick<Problem, 'file' | 'line'> {
  const written = place(['functions', key, 'events'], 'key');
  const [, file = written, line] = /^(.*?):(\d+):\d+$/.exec(written) ?? [];
  return { file, line: line === undefined ? undefined : Number(line) };
}

/** Checks whether the class of the registered event is that of the function's sources. */
function checkClass(
  { fn }: PlacedFunction,
  { file, library, registration }: Registered,
  handler: HandlerSource | undefined,
  packageName: string,
): Message[] {
  // A package's `Runtime` has classes of its own, some with the same names.
  const isOurs = library.imports.some(
    ({ uri }) => resolveUri(uri, { from: file, package: packageName }) === `lib/${RUNTIME}`,
  );
  const { name, event } = registration;
  const eventType =
    registration.eventType ?? (event === undefined ? handler?.eventType : typeOfReader(event));
  if (!isOurs || eventType === undefined || !CLASSES.has(eventType)) return [];
  const requests = fn.events.length > 0 || fn.url !== undefined ? [REQUEST] : [];
  const classes = (fn.sources ?? []).map(classOf);
  // What an `input` replaces may be anything.
  const isKnown = classes.every((each) => each !== undefined);
  const sent = [...new Set([...requests, ...classes])];
  if (isKnown && sent.some((each) => each !== eventType && !isTrigger(each, eventType))) {
    return [messages.wrongEvent({ handler: name, eventType, classes: sent.join(', ') })];
  }
  const isRead =
    event !== undefined || eventType === REQUEST || library.eventTypes.includes(eventType);
  return isRead ? [] : [messages.noReader({ handler: name, eventType })];
}

const isTrigger = (sent: string | undefined, eventType: string): boolean =>
  eventType === TRIGGER && sent?.startsWith('AwsCognito') === true;

/** Returns the class of a source's events; undefined where it is not known. */
function classOf(source: FunctionSource): string | undefined {
  switch (source.source) {
    case 'cognito':
      return kindsOf('cognito').includes(source.trigger)
        ? eventClass('cognito', source.trigger)
        : undefined;
    case 'authorizer':
      return eventClass('authorizer', source.kind);
    case 'schedule':
      // The events of EventBridge Scheduler have a form of their own.
      return 'input' in source || source.method === 'scheduler'
        ? undefined
        : eventClass('schedule');
    case 'eventbridge':
      return 'input' in source ? undefined : eventClass('eventbridge');
    default:
      return eventClass(source.source);
  }
}

/** Checks whether Lambda reads what the handler returns of a batch. */
function checkBatch(
  { fn }: PlacedFunction,
  source: FunctionSource,
  { reportsFailures }: HandlerSource,
): Finding[] {
  if (!('reportsFailures' in source) || source.reportsFailures === reportsFailures) return [];
  const words = { function: fn.key, handler: fn.handler };
  return reportsFailures
    ? [{ isNote: false, message: messages.responseIgnored(words) }]
    : [{ isNote: true, message: messages.noBatchResponse(words) }];
}
