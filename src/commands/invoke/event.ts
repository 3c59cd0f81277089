import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Context } from '../../context.ts';
import { CancelledError, errorCode, UsageError } from '../../errors.ts';
import { asSentence, at } from '../../message.ts';
import { renderSample } from '../../plan/sample-event.ts';
import { dueAt, fitEvent } from '../../sample/event/fit.ts';
import {
  isHttpSample,
  isSampleName,
  SAMPLE_EVENTS,
  type SampleName,
} from '../../sample/event/names.ts';
import { sampleOfSource } from '../../sample/event/of-source.ts';
import { withPayload } from '../../sample/event/payload.ts';
import { parseJson } from '../../sample/json.ts';
import { DEFAULTS } from '../../service/defaults.ts';
import type { FunctionSource } from '../../service/function-source.ts';
import type { Service, ServiceFunction } from '../../service/service.ts';
import { loadTemplate } from '../../templates.ts';
import { isUnknown, tryParseJson } from '../../util/json.ts';
import { cancelledReading, fileProblem, isEmpty, notOneOf } from '../../util/messages.ts';
import { inQuotes } from '../../util/text.ts';
import { whyUnreadable } from '../../util/unreadable.ts';
import * as messages from './messages.ts';
import type { WantedRequest } from './request.ts';

/** The options that determine the event. */
export interface EventFlags extends WantedRequest {
  readonly data?: string;
  readonly dataFile?: string;
  readonly event?: string;
  /** JSON, or `@` and a file. */
  readonly payload?: string;
}

/**
 * Returns the event for the function, as JSON: the given one, or a sample.
 *
 * @throws UsageError when the given event is not JSON, or the sample does not exist
 */
export async function eventOf(
  { cwd, signal }: Pick<Context, 'cwd' | 'signal'>,
  service: Service,
  fn: ServiceFunction,
  flags: EventFlags,
): Promise<string> {
  const { data, dataFile } = flags;
  if (data !== undefined) return requireJson(data, '--data');
  if (dataFile === '-') return requireJson(await readStdin(signal), '--data-file -');
  if (dataFile !== undefined) {
    return requireJson(await readDataFile(resolve(cwd, dataFile), dataFile), dataFile);
  }
  const name = sampleName(fn, flags);
  const payload = await readPayload(cwd, flags.payload);
  if (name === undefined && fn.events.length === 0) return payload ?? '{}';
  const region = isUnknown(service.region) ? DEFAULTS.region : service.region;
  const event = await sampleEvent(name, { ...service, region }, fn, flags);
  if (payload === undefined) return JSON.stringify(event);
  if (name === undefined) {
    throw new UsageError(messages.noPayloadOfRequest({ function: fn.key }), '--event sqs');
  }
  return JSON.stringify(withPayload(name, event, payload));
}

/** Reads `--payload`, which may name a file. */
async function readPayload(cwd: string, given: string | undefined): Promise<string | undefined> {
  if (given === undefined) return undefined;
  if (!given.startsWith('@')) return requireJson(given, '--payload');
  const file = given.slice(1);
  return requireJson(await readDataFile(resolve(cwd, file), file, '--payload'), file);
}

/**
 * Checks that a text is JSON and returns it without a byte order mark.
 *
 * @throws UsageError with line and column
 */
export function requireJson(given: string, source: string): string {
  const json = given.replace(/^\uFEFF/, '');
  if (json.trim() === '')
    throw new UsageError(at(source, asSentence(isEmpty())), '{} for no event');
  if (tryParseJson(json) !== undefined) return json;
  const result = parseJson(json);
  if ('value' in result) return json;
  const place = `${source}: line ${result.line}, column ${result.column}`;
  const option = source.startsWith('--') ? source.replace(/-file .*/, '') : '--data';
  throw new UsageError(at(place, result.problem), `${option} '{"id": 7}'`);
}

async function readDataFile(
  path: string,
  shown: string,
  option: '--data-file' | '--payload' = '--data-file',
): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    const problem = fileProblem({ file: shown, reason: whyUnreadable(code) });
    const example = option === '--payload' ? '@payload.json' : 'event.json';
    throw new UsageError(at(option, problem), `${option} ${example}`);
  }
}

async function readStdin(signal: AbortSignal): Promise<string> {
  try {
    return await text(addAbortSignal(signal, process.stdin));
  } catch (error) {
    if (signal.aborted) throw new CancelledError(cancelledReading());
    throw error;
  }
}

/**
 * Returns the requested sample, or else, for a function without routes, that of its first source;
 * undefined for a request to the function's own routes if it has any.
 */
function sampleName(
  fn: ServiceFunction,
  { event, path, method }: EventFlags,
): SampleName | undefined {
  const option = path !== undefined ? '--path' : method !== undefined ? '--method' : undefined;
  if (event !== undefined && !isSampleName(event)) {
    const values = Object.keys(SAMPLE_EVENTS).join(', ');
    throw new UsageError(
      at('--event', notOneOf({ value: inQuotes(event), values })),
      'create-lambda-hello invoke --list-events',
    );
  }
  const takesRequest = event === undefined ? fn.events.length > 0 : isHttpSample(event);
  if (option !== undefined && !takesRequest) {
    throw new UsageError(
      event === undefined
        ? messages.functionTakesNone({ option, function: fn.key })
        : messages.sampleTakesNone({ option, event }),
      '--event apigw-http',
    );
  }
  if (event !== undefined || fn.events.length > 0 || fn.url !== undefined) return event;
  const [source] = fn.sources ?? [];
  return source && sampleOf(source);
}

const sampleOf = (source: FunctionSource): SampleName =>
  sampleOfSource(source.source, source.source === 'authorizer' ? source.kind : undefined);

async function sampleEvent(
  name: SampleName | undefined,
  service: Service,
  fn: ServiceFunction,
  flags: EventFlags,
): Promise<unknown> {
  if (name !== undefined && !isHttpSample(name)) {
    const file = await sampleFile(name, service, fn);
    const sample = name === 'schedule' ? dueAt(file, new Date()) : file;
    const source = fn.sources?.find((each) => sampleOf(each) === name);
    return source === undefined ? sample : fitEvent(sample, source, service.region);
  }
  // The gateway and its router take a while to load.
  const { albEvent, gatewayEvent, urlEvent } = await import('./request.ts');
  switch (name) {
    case undefined:
      return gatewayEvent([...new Set(fn.events.map(({ api }) => api))], service, fn, flags);
    case 'apigw-rest':
      return gatewayEvent(['rest'], service, fn, flags);
    case 'apigw-http':
      return gatewayEvent(['http'], service, fn, flags);
    case 'function-url':
      return urlEvent(service, fn, flags);
    case 'alb':
      return albEvent(await sampleFile(name, service, fn), flags);
  }
}

const sampleFile = async (
  name: SampleName,
  service: Service,
  fn: ServiceFunction,
): Promise<object> => renderSample(name, await loadTemplate('events'), service, fn.name);
