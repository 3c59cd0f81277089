import { type FunctionSpec, functionFiles, payloadNoun } from '../../src/dart/function/files.ts';
import type { HandlerFiles } from '../../src/dart/handler.ts';
import { type KnownModels, NO_MODELS } from '../../src/dart/model/known.ts';
import { eventFiles } from '../../src/plan/event-files.ts';
import { renderSample } from '../../src/plan/sample-event.ts';
import { fitEvent } from '../../src/sample/event/fit.ts';
import { sampleOfSource } from '../../src/sample/event/of-source.ts';
import { withPayload } from '../../src/sample/event/payload.ts';
import { readSample } from '../../src/sample/sample.ts';
import { EVENT_SOURCES, type EventSourceName, kindsOf } from '../../src/service/event-sources.ts';
import { loadTemplate } from '../../src/templates.ts';

const template = await loadTemplate('function');
const library = await loadTemplate('event-types');
const samples = await loadTemplate('events');

export const SOURCES = Object.keys(EVENT_SOURCES) as EventSourceName[];

/** Every source, and every kind of those that have kinds. */
export const FORMS: readonly { readonly source: EventSourceName; readonly kind?: string }[] =
  SOURCES.flatMap((source) => {
    const kinds = kindsOf(source);
    return kinds.length === 0 ? [{ source }] : kinds.map((kind) => ({ source, kind }));
  });

export const PAYLOAD_SOURCES = SOURCES.filter(payloadNoun);

/** An event of a source, which may have a payload. */
function eventOf(source: EventSourceName, kind?: string, payload?: string): unknown {
  const name = sampleOfSource(source, kind);
  const sample = renderSample(name, samples, PLACE, 'shop-dev-work');
  if (source === 'cognito') return fitEvent(sample, { source, trigger: kind ?? '' }, PLACE.region);
  return payload === undefined ? sample : withPayload(name, sample, payload);
}

const PLACE = { region: 'eu-west-1', stage: 'dev' };

/** Describes a function, whose payload is as `--payload` takes it. */
export interface FunctionInput {
  readonly key: string;
  readonly source: EventSourceName;
  readonly kind?: string | undefined;
  readonly payload?: string | undefined;
  readonly className?: string | undefined;
}

/** Writes a function of the service shop, with an event of its source. */
export async function functionOf(
  { payload, className, ...input }: FunctionInput,
  known: KnownModels = NO_MODELS,
): Promise<HandlerFiles> {
  const sample =
    payload === undefined ? undefined : readSample(payload, { example: '{"id": 7}', className });
  const spec: FunctionSpec = {
    ...input,
    payload: sample,
    event: eventOf(input.source, input.kind, sample?.json),
  };
  return functionFiles(spec, 'shop', template, known);
}

/** The files of a function, by their paths, with those of the event library that it needs. */
export const filesOf = ({ files }: HandlerFiles, source: EventSourceName): Record<string, string> =>
  Object.fromEntries(
    [...files, ...eventFiles(EVENT_SOURCES[source].library, library)].map(({ path, content }) => [
      path,
      content,
    ]),
  );
