import { rawText, type Sample } from '../../sample/sample.ts';
import { type Code, call, entry, literal, print } from '../format/constructs.ts';
import { dartString } from '../identifiers.ts';
import type { Model } from '../model/model.ts';
import type { Input } from './inputs.ts';

/** Describes the endpoint that a test calls. */
interface TestedEndpoint {
  readonly handler: string;
  readonly inputs: readonly Input[];
  /** The model of the body, if there is one. */
  readonly body: Model | undefined;
  readonly request: Sample | undefined;
  readonly response: Sample | undefined;
  /** The response of an endpoint without a sample of it. */
  readonly echo: Code;
}

/** Returns the variables of templates/endpoint/handler_test.dart. */
export function testVariables(endpoint: TestedEndpoint) {
  const { handler, inputs, body, request, response, echo } = endpoint;
  const refused = refusals(inputs);
  const wanted = response === undefined ? echo : call('json.decode', ['_response']);
  return {
    request:
      inputs.length > 0 && print([entry('final request =', literal('{', event(inputs))), ';'], 2),
    call: print(['return ', call(handler, ["Context(requestId: 'test')", 'event']), ';'], 4),
    expected: print([call('expect', [call('json.decode', ['response.body']), wanted]), ';'], 4),
    refusals:
      refused.length > 0 && print([entry('final refusals =', literal('{', refused)), ';'], 2),
    requestModel: body && response && roundTrip(body),
    requestSample: body && request && rawText(request.json),
    responseSample: response && rawText(response.json),
  };
}

const SOURCES = ['pathParameters', 'queryStringParameters'] as const;

/** Writes the entries of an event; with `changed`, only its source, with the refused value. */
function event(inputs: readonly Input[], changed?: Input): Code[] {
  const entries = SOURCES.flatMap((source): Code[] => {
    const given = inputs.filter(({ from }) => from === source);
    if (given.length === 0 || (changed !== undefined && changed.from !== source)) return [];
    const values = given.flatMap((input) => {
      const value = input === changed ? changed.refusal?.value : input.sample;
      return value === undefined ? [] : [entry(`${dartString(input.key)}:`, value)];
    });
    const map = literal('{', values);
    return [entry(`'${source}':`, values.length > 0 ? map : '<String, String>{}')];
  });
  const body = inputs.find(({ from }) => from === 'body');
  if (body === undefined || (changed !== undefined && changed !== body)) return entries;
  return [...entries, entry("'body':", changed?.refusal?.value ?? body.sample)];
}

/** Writes each message that the handler refuses a request with, and an event that causes it. */
function refusals(inputs: readonly Input[]): Code[] {
  const messages = new Set<string>();
  return inputs.flatMap((input) => {
    const { refusal } = input;
    // A parameter of the query may have the name of one of the path.
    if (refusal === undefined || messages.has(refusal.message)) return [];
    messages.add(refusal.message);
    return [entry(`${dartString(refusal.message)}:`, literal('{', event(inputs, input)))];
  });
}

function roundTrip({ functionPrefix }: Model): string {
  const decoded = call(`${functionPrefix}FromJson`, ['_request']);
  const encoded = call('json.decode', [call(`${functionPrefix}ToJson`, ['decoded'])]);
  return [
    print([entry('final decoded =', decoded), ';'], 4),
    '',
    print([call('expect', [encoded, call('json.decode', ['_request'])]), ';'], 4),
  ].join('\n');
}
