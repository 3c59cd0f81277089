import { basename } from 'node:path/posix';
import type { Sample } from '../../sample/sample.ts';
import { EVENT_SOURCES, type EventSourceName, eventClass } from '../../service/event-sources.ts';
import type { Template } from '../../templates.ts';
import { upperFirst } from '../../util/text.ts';
import { type Code, declaration, generic, parameters, print } from '../format/constructs.ts';
import { type HandlerFiles, handlerFile, handlerFiles, importsOf } from '../handler.ts';
import { lowerCamel } from '../identifiers.ts';
import { JSON_OBJECT } from '../model/code.ts';
import { RUNTIME_FILES } from '../model/files.ts';
import type { KnownModels } from '../model/known.ts';
import { HANDLER_TAKEN } from './names.ts';
import { decodeStatement, typedPayload } from './payload.ts';
import { testOf } from './test.ts';

export { payloadNoun } from './payload.ts';

/** Describes a function to generate that no request of HTTP calls. */
export interface FunctionSpec {
  /** The function's key in serverless.yml. */
  readonly key: string;
  readonly source: EventSourceName;
  /** One of `kindsOf(source)`, for a source that has them. */
  readonly kind?: string | undefined;
  /** A sample of what {@link payloadNoun} names. */
  readonly payload?: Sample | undefined;
  /** The JSON of an event of the function, with the payload in it: its test runs with this one. */
  readonly event: unknown;
}

/**
 * Writes the handler of a function, the model of its payload and its test.
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
  const { key, source, kind, event } = spec;
  const className = eventClass(source, kind);
  const { library, about } = EVENT_SOURCES[source];
  const payload = spec.payload && (await typedPayload(spec, spec.payload, known));
  const models = payload ? [payload.model] : [];
  const handler = lowerCamel(key, new Set([...HANDLER_TAKEN, ...(payload?.model.names ?? [])]));
  const returned = RETURNED[source];
  const imports = importsOf(models).map((file) => `models/${file}`);
  const code = template.text(kind === undefined ? `${source}.dart` : `${source}/${kind}.dart`, {
    about: upperFirst(about),
    signature: signature(handler, className, returned),
    models: imports.map((file) => `import '../${file}';\n`).join(''),
    decode: payload && decodeStatement(payload),
  });
  const eventLibrary = `runtime/events/${library}.dart`;
  const tested = [`handlers/${basename(handlerFile(key))}`, ...imports, eventLibrary];
  const test = testOf(
    {
      ...{ source, kind, handler, className, payload, event },
      isVoid: returned === 'void',
      imports: [...tested, 'runtime/runtime.dart'].map((file) => `package:${packageName}/${file}`),
    },
    template,
  );
  return handlerFiles({
    ...{ key, handler, package: packageName, models, code, test },
    event: { className, library: eventLibrary },
    runtimeFiles: [
      'lib/runtime/runtime.dart',
      ...(/\blog\./.test(code) ? ['lib/runtime/log.dart'] : []),
      ...(payload ? RUNTIME_FILES : ['lib/runtime/json_fields.dart']),
    ],
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
