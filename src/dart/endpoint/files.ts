import type { CreateFile } from '../../changes/change-set.ts';
import { rawText, type Sample } from '../../sample/sample.ts';
import { handlerFor } from '../../service/endpoint/handler.ts';
import { type PathParameter, takesBody } from '../../service/endpoint/rules.ts';
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
import { dartString, lowerCamel, snakeCase, upperCamel } from '../identifiers.ts';
import type { NewRegistration } from '../main/edit.ts';
import { type Model, planModel } from '../model/model.ts';
import { type Input, inputsOf, queryFields } from './inputs.ts';
import { testVariables } from './test.ts';

/** What an endpoint is to be. */
export interface EndpointSpec {
  /** The function's key in serverless.yml. */
  readonly key: string;
  /** Upper case; `ANY` for all. */
  readonly method: string;
  /** As serverless.yml has it: `/orders/{id}`. */
  readonly path: string;
  /** Of the path. */
  readonly parameters: readonly PathParameter[];
  /** Of the body, or of the query where the method has no body. */
  readonly request: Sample | undefined;
  readonly response: Sample | undefined;
}

/** The Dart side of an endpoint. */
export interface EndpointFiles {
  /** The models, the handler and its test. */
  readonly files: readonly CreateFile[];
  readonly handlerPath: string;
  readonly registration: NewRegistration;
  /** What the handler and the models import of lib/runtime/. */
  readonly runtimeFiles: readonly string[];
}

/**
 * Writes the handler of an endpoint, its models and its test.
 *
 * @param packageName the service's Dart package
 * @param template `endpoint` of templates/
 * @throws InvalidValueError when the request of a method without a body is no query
 */
export async function endpointFiles(
  spec: EndpointSpec,
  packageName: string,
  template: Template,
): Promise<EndpointFiles> {
  const { key, method, path, request, response } = spec;
  const names = namesOf(key);
  const hasBody = takesBody(method);
  const body =
    hasBody && request
      ? await planModel(request, {
          className: names.request,
          description: `What \`${method} ${path}\` takes.`,
        })
      : undefined;
  const answer =
    response &&
    (await planModel(response, {
      className: names.response,
      description: `What \`${method} ${path}\` answers.`,
    }));
  const query = hasBody || request === undefined ? [] : queryFields(request);
  const inputs = inputsOf(spec.parameters, query, body);
  const models: { readonly path: string; readonly content: string }[] = [];
  if (body) models.push({ path: modelFile(names.request), content: body.content });
  if (answer) models.push({ path: modelFile(names.response), content: answer.content });
  const variables = {
    ...handlerVariables(names, spec, inputs, answer),
    ...testVariables({
      handler: names.handler,
      inputs,
      body,
      request,
      response,
      message: helloFrom(key),
    }),
    method,
    path,
    handler: names.handler,
    requestFile: `${snakeCase(names.request)}.dart`,
    package: packageName,
    file: `${names.file}.dart`,
    models: models.map(({ path }) => path.slice(MODELS.length)),
  };
  const handlerPath = handlerFile(names.file);
  const files = [
    ...models,
    { path: handlerPath, content: template.text('handler.dart', variables) },
    { path: testFile(names.file), content: template.text('handler_test.dart', variables) },
  ];
  return {
    files: files.map((file) => ({ kind: 'create', ...file })),
    handlerPath,
    registration: {
      name: handlerFor(key),
      handler: names.handler,
      library: handlerPath.replace(/^lib\//, ''),
      package: packageName,
    },
    runtimeFiles: [
      'lib/runtime/runtime.dart',
      ...(models.length > 0 ? ['lib/runtime/json_fields.dart'] : []),
      ...(inputs.some(({ from }) => from !== 'body') ? ['lib/runtime/parameters.dart'] : []),
    ],
  };
}

/** The files that an endpoint of that name has at most. */
export function usualFiles(key: string): string[] {
  const { file, request, response } = namesOf(key);
  return [modelFile(request), modelFile(response), handlerFile(file), testFile(file)];
}

const handlerFile = (name: string): string => `lib/handlers/${name}.dart`;
const testFile = (name: string): string => `test/handlers/${name}_test.dart`;
const MODELS = 'lib/models/';
const modelFile = (className: string): string => `${MODELS}${snakeCase(className)}.dart`;

interface Names {
  /** Of the handler's file, without the extension. */
  readonly file: string;
  /** The handler that is registered. */
  readonly handler: string;
  /** The function that makes the answer. */
  readonly answer: string;
  readonly request: string;
  readonly response: string;
}

function namesOf(key: string): Names {
  return {
    file: snakeCase(key),
    handler: lowerCamel(`${key}-api-gateway`),
    answer: `_${lowerCamel(key)}`,
    request: upperCamel(`${key}-request`),
    response: upperCamel(`${key}-response`),
  };
}

function handlerVariables(
  names: Names,
  { key, response }: EndpointSpec,
  inputs: readonly Input[],
  answer: Model | undefined,
) {
  return {
    inputs: inputs.map(({ type, name, read }) => ({
      type,
      name,
      read: print([entry(`${name} =`, read), ';'], 4),
    })),
    answer: print(['return ', reply(names, key, inputs, answer), ';'], 2),
    response: answer &&
      response && {
        signature: print([
          declaration(generic('Future', [answer.rootType]), [
            names.answer,
            parameters(inputs.map(({ type, name }) => `${type} ${name}`)),
          ]),
          ' async {',
        ]),
        result: print(['return ', call(`${answer.functionPrefix}FromJson`, ['_sample']), ';'], 2),
        sample: rawText(response.json),
      },
  };
}

function reply(
  names: Names,
  key: string,
  inputs: readonly Input[],
  answer: Model | undefined,
): Code {
  if (answer === undefined) return call('AwsApiGatewayResponse.json', [echo(key, inputs)]);
  const value: Code = [
    'await ',
    call(
      names.answer,
      inputs.map(({ name }) => name),
    ),
  ];
  if (answer.encodable('value') === 'value') return call('AwsApiGatewayResponse.json', [value]);
  const body = call(`${answer.functionPrefix}ToJson`, [value]);
  return call('AwsApiGatewayResponse', [entry('body:', body)]);
}

const helloFrom = (key: string): string => `Hello from ${key}`;

/** The answer of an endpoint without a sample: what it was given. */
function echo(key: string, inputs: readonly Input[]): Code {
  if (inputs.length === 0) return literal('{', [entry("'message':", dartString(helloFrom(key)))]);
  return literal(
    '{',
    inputs.map(({ name, encodable }) => entry(`${dartString(name)}:`, encodable)),
  );
}
