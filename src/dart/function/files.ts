import { basename } from 'node:path/posix';
import type { Sample } from '../../sample/sample.ts';
import { EVENT_SOURCES, type EventSourceName, eventClass } from '../../service/event-sources.ts';
import type { Template } from '../../templates.ts';
import {
  type Code,
  call,
  declaration,
  entry,
  generic,
  literal,
  parameters,
  print,
} from '../format/constructs.ts';
import { type HandlerFiles, handlerFile, handlerTest } from '../handler-files.ts';
import {
  dartString,
  EVENT_TYPES,
  lowerCamel,
  rawString,
  snakeCase,
  upperCamel,
} from '../identifiers.ts';
import { RUNTIME_FILES, roundTrip } from '../model/files.ts';
import { type KnownModels, withNames } from '../model/known.ts';
import { type Model, planModel } from '../model/model.ts';
import { handlerKind } from './handlers.ts';
import { HANDLER_TAKEN } from './names.ts';

export { takesPayload } from './payload.ts';

/** Describes a function to generate that no request of HTTP calls. */
export interface FunctionSpec {
  /** The function's key in serverless.yml. */
  readonly key: string;
  readonly source: EventSourceName;
  /** One of `kindsOf(source)`, for a source that has them. */
  readonly kind?: string;
  /** A sample of what its events carry; only where {@link payloadNoun} has a name for it. */
  readonly payload?: Sample;
  /** An event as the function gets it, with the payload if there is one. Its test runs with it. */
  readonly event: unknown;
}

/** Says where the events of a source carry JSON of the service's own. */
interface Payload {
  /** What it is called, in names of models and in messages. */
  readonly noun: string;
  /** The expression that has it. */
  readonly from: string;
  /** Whether it is decoded already. */
  readonly isDecoded?: boolean;
  /** What else is logged. */
  readonly beside: Code;
  /** The indentation of the code that reads it. */
  readonly indent: number;
}

const PAYLOADS: Readonly<Partial<Record<EventSourceName, Payload>>> = {
  sqs: {
    ...{ noun: 'message', from: 'record.body', indent: 4 },
    beside: entry("'id':", 'record.messageId'),
  },
  sns: {
    ...{ noun: 'message', from: 'record.message', indent: 4 },
    beside: entry("'id':", 'record.sns.messageId'),
  },
  kinesis: {
    ...{ noun: 'data', from: 'record.text', indent: 4 },
    beside: entry("'key':", 'record.partitionKey'),
  },
  eventbridge: {
    ...{ noun: 'detail', from: 'event.detail', isDecoded: true, indent: 2 },
    beside: entry("'source':", 'event.source'),
  },
};

/** Names what the events of a source carry; undefined where that is no JSON that a model can describe. */
export const payloadNoun = (source: EventSourceName): string | undefined => PAYLOADS[source]?.noun;

/**
 * Writes the handler of a function, the model of what its events carry, and its test.
 *
 * @param packageName the service's Dart package
 * @param template templates/function/
 * @param known the models that are there
 */
export async function functionFiles(
  spec: FunctionSpec,
  packageName: string,
  template: Template,
  known: KnownModels,
): Promise<HandlerFiles> {
  const { key, source } = spec;
  const { template: name, ...kind } = handlerKind(source, spec.kind);
  const { library } = EVENT_SOURCES[source];
  const className = eventClass(source, spec.kind);
  const handler = lowerCamel(key, HANDLER_TAKEN);
  const payload = await payloadOf(spec, known);
  const file = snakeCase(key);
  const isVoid = kind.returns === 'void';
  const checks = isVoid ? '' : template.text(`tests/${name}.dart`, {}).trimEnd();
  const run: Code = ['await ', call(handler, ["Context(requestId: 'test')", 'event'])];
  const decoded = 'json.decode(_event) as Map<String, dynamic>';
  const variables = {
    ...kind,
    ...{ handler, library, package: packageName, file: `${file}.dart`, checks },
    dartLibraries: kind.dartLibraries,
    models: payload?.model.imports ?? [],
    signature: print([
      declaration(generic('Future', [kind.returns]), [
        ...[handler, parameters(['Context context', `${className} event`])],
        kind.isAsync ? ' async {' : ' {',
      ]),
    ]),
    body: template
      .text(`handlers/${name}.dart`, {
        ...{ read: payload?.read, logged: payload?.logged },
      })
      .trimEnd(),
    event: print([entry('final event =', call(`${className}.fromJson`, [decoded])), ';'], 4),
    call: isVoid
      ? print(
          [
            call('await expectLater', [
              ['', call(handler, ["Context(requestId: 'test')", 'event'])],
              'completes',
            ]),
            ';',
          ],
          4,
        )
      : print([entry('final response =', run), ';'], 4),
    roundTrip: payload && roundTrip(payload.model, '_payload'),
    sample: rawString(JSON.stringify(spec.event, undefined, 2), '_event'),
    payload: payload && spec.payload && rawString(spec.payload.json, '_payload'),
  };
  const handlerPath = handlerFile(file);
  const model = payload?.model;
  const files = [
    ...(model?.file === undefined
      ? []
      : [{ path: `${MODELS}${model.file.library}`, content: model.file.content }]),
    { path: handlerPath, content: template.text('handler.dart', variables) },
    { path: handlerTest(file), content: template.text('handler_test.dart', variables) },
  ];
  const others = (libraries: readonly string[] = []) =>
    [...new Set(libraries)]
      .filter((one) => one !== model?.file?.library)
      .map((one) => `${MODELS}${one}`);
  return {
    files: files.map((one): CreateFile => ({ kind: 'create', ...one })),
    classes: model?.classes ?? [],
    shared: others(model?.shared),
    chosen: others(model?.chosen),
    handlerPath,
    registration: {
      ...{ name: handlerFor(key), handler, package: packageName },
      library: handlerPath.replace(/^lib\//, ''),
      event: { className, library: `runtime/events/${library}.dart` },
    },
    runtimeFiles: [
      ...['lib/runtime/runtime.dart', 'lib/runtime/log.dart', 'lib/runtime/json_fields.dart'],
      ...(model === undefined ? [] : RUNTIME_FILES),
    ],
  };
}

/** Plans the model of what the events carry, and the lines that read and log it. */
async function payloadOf({ key, source, payload }: FunctionSpec, known: KnownModels) {
  const place = PAYLOADS[source];
  if (payload === undefined || place === undefined) return undefined;
  const { noun, from, isDecoded, beside, indent } = place;
  const own = payload.className;
  const className = own ?? upperCamel(`${key}-${noun}`, EVENT_TYPES);
  const model = await planModel(payload, {
    ...{ className, prefix: className, known: withNames(known, [className]) },
    description: own === undefined ? `What \`${key}\` gets.` : '',
    openEnums: true,
  });
}

/** What the functions of a source return in a future. */
const RETURNED: Readonly<Record<EventSourceName, Code>> = {
  sqs: 'BatchResponse',
  sns: 'void',
  s3: 'void',
  dynamodb: 'BatchResponse',
  kinesis: 'BatchResponse',
  schedule: 'void',
  eventbridge: 'void',
  logs: 'void',
  cognito: JSON_OBJECT,
  firehose: 'AwsFirehoseResponse',
  ses: 'AwsSesResponse',
  iot: 'void',
  alb: 'AwsAlbResponse',
  websocket: 'AwsWebSocketResponse',
  authorizer: 'AwsAuthorizerResponse',
  appsync: JSON_OBJECT,
};

/** Writes a function up to its body, or up to its parameters where the template has more of them. */
function signature(name: string, className: string, returned: Code): string {
  const type = generic('Future', [returned]);
  if (returned === 'AwsAuthorizerResponse') return print(declaration(type, `${name}(`));
  const list = parameters(['Context context', `${className} event`]);
  // A batch returns the future of processBatch.
  return print(declaration(type, [name, list, returned === 'BatchResponse' ? ' {' : ' async {']));
}
