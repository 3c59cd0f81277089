import type { Sample } from '../../sample/sample.ts';
import { printSample } from '../../sample/value.ts';
import { type Code, call, entry, literal, print } from '../format/constructs.ts';
import { dartString, lowerCamel, rawString } from '../identifiers.ts';
import { roundTrip } from '../model/files.ts';
import type { Model } from '../model/model.ts';
import type { Input } from './inputs.ts';

/** Describes the endpoint that a test calls. */
interface TestedEndpoint {
  readonly handler: string;
  /** The function that the handler calls. */
  readonly logic: string;
  readonly inputs: readonly Input[];
  /** The models of the body and of the response, if there are. */
  readonly body: Model | undefined;
  readonly output: Model | undefined;
  readonly request: Sample | undefined;
  readonly response: Sample | undefined;
  /** Whether the body may have a part of its fields. */
  readonly isPatch: boolean;
  /** The response of an endpoint without a sample of it. */
  readonly echo: Code;
}

/** Returns the variables of templates/endpoint/handler_test.dart. */
export function testVariables(endpoint: TestedEndpoint) {
  const { handler, inputs, body, output, request, response, echo } = endpoint;
  const refused = refusals(inputs);
  const part = endpoint.isPatch && response ? partOf(request) : undefined;
  const wanted = response === undefined ? echo : call('json.decode', ['_response']);
  return {
    request:
      inputs.length > 0 && print([entry('final request =', literal('{', event(inputs))), ';'], 2),
    call: print(['return ', call(handler, ["Context(requestId: 'test')", 'event']), ';'], 4),
    expected: print([call('expect', [call('json.decode', ['response.body']), wanted]), ';'], 4),
    refusals:
      refused.length > 0 && print([entry('final refusals =', literal('{', refused)), ';'], 2),
    logic: output && logicTest(endpoint, output),
    requestModel: body && response && roundTrip(body, '_request'),
    requestPart: body && part && roundTrip(body, '_part'),
    partSample: part && rawString(part, '_part'),
    testedModels: testedModels(body, output),
    requestSample: body && request && rawString(request.json, '_request'),
    responseSample: response && rawString(response.json, '_response'),
  };
}

/** Lists the files of the models that the test calls. */
function testedModels(body: Model | undefined, output: Model | undefined): readonly string[] {
  if (output === undefined) return [];
  return [...new Set([...(body?.imports ?? []), ...output.imports])].sort();
}

/** Returns the first field of a sample, as JSON. */
function partOf(sample: Sample | undefined): string | undefined {
  const [value] = sample?.values ?? [];
  return value?.kind === 'object'
    ? printSample({ kind: 'object', members: new Map([...value.members].slice(0, 1)) })
    : undefined;
}

/** Calls the function that does the work, without an event. Lists get names, for short lines. */
function logicTest({ logic, inputs }: TestedEndpoint, { decode, names }: Model): string {
  const taken = new Set([logic, ...names]);
  const lists = new Map(
    inputs.flatMap((input) =>
      input.isList ? [[input, lowerCamel(`given ${input.name}`, taken)] as const] : [],
    ),
  );
  const args = inputs.map((input) => lists.get(input) ?? input.typed);
  const result: Code = ['await ', call(logic, args)];
  return [
    ...[...lists].map(([{ typed }, name]) => print([entry(`final ${name} =`, typed), ';'], 4)),
    print([call('expect', [result, decode('_response')]), ';'], 4),
  ].join('\n');
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
