import type { Sample } from '../../sample/sample.ts';
import type { EventSourceName } from '../../service/event-sources.ts';
import { nounOf } from '../endpoint/noun.ts';
import { type Code, chain, entry, print } from '../format/constructs.ts';
import { modelOf } from '../handler.ts';
import { EVENT_TYPES, upperCamel } from '../identifiers.ts';
import { roundTrip, sameAgain } from '../model/files.ts';
import { type KnownModels, withNames } from '../model/known.ts';
import type { Model } from '../model/model.ts';

/** Describes where the events of a source have what a model can type. */
interface Payload {
  /** What the payload is, which ends the name of its class. */
  readonly noun: 'message' | 'detail' | 'data';
  /** The JSON text in a `record` of the event; undefined where the event has decoded JSON. */
  readonly text: string | undefined;
}

const PAYLOADS: Partial<Readonly<Record<EventSourceName, Payload>>> = {
  sqs: { noun: 'message', text: 'record.body' },
  sns: { noun: 'message', text: 'record.message' },
  eventbridge: { noun: 'detail', text: undefined },
  kinesis: { noun: 'data', text: 'record.text' },
};

/** Names the payload of a source's events; undefined where it cannot be typed. */
export const payloadNoun = (source: EventSourceName): string | undefined => PAYLOADS[source]?.noun;

/** Holds the typed payload of a function. */
export interface TypedPayload extends Payload {
  readonly model: Model;
}

/**
 * Plans the model of a function's payload.
 *
 * @param known the models that are there
 */
export async function typedPayload(
  { key, source }: { readonly key: string; readonly source: EventSourceName },
  sample: Sample,
  known: KnownModels,
): Promise<TypedPayload> {
  const payload = PAYLOADS[source];
  if (payload === undefined) throw new Error(`the events of ${source} have no payload to type`);
  // The event library has an AwsSnsMessage.
  const className = upperCamel(`${key}-${payload.noun}`, EVENT_TYPES);
  const model = await modelOf(sample, {
    ...{ className, prefix: nounOf(key), known: withNames(known, [className]) },
    description: `The ${payload.noun} that \`${key}\` takes.`,
    // A sender adds values before its receivers know them.
    openEnums: true,
  });
  return { ...payload, model };
}

/** Writes the statement that decodes the payload in the handler. */
export function decodeStatement({ noun, text, model }: TypedPayload): string {
  const value = text === undefined ? readDetail(model) : model.decode(text);
  return print([entry(`final ${noun} =`, value), ';'], text === undefined ? 2 : 4);
}

/** Writes the statements of a test that decode the payload of `event` and encode it again. */
export function encodesAgain({ text, model }: TypedPayload): string {
  if (text === undefined) return sameAgain(model, readDetail(model), 'event.detail');
  return roundTrip(model, text.replace(/^record/, 'event.records.first'));
}

const readDetail = ({ fromJson }: Model): Code => chain('event', [['.read', [fromJson]]]);
