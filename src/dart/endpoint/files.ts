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
import { MODEL_FILES } from './runtime-needs.ts';
import { testVariables } from './test.ts';

/** Describes an endpoint to generate. */
export interface EndpointSpec {
  /** The function's key in serverless.yml. */
  readonly key: string;
  /** In upper case; `ANY` for all. */
  readonly method: string;
  /** As in serverless.yml: `/orders/{id}`. */
  readonly path: string;
  /** The parameters of the path. */
  readonly parameters: readonly PathParameter[];
  /** A sample of the body, or of the query if the method has no body. */
  readonly request: Sample | undefined;
  readonly response: Sample | undefined;
}

/** Holds the Dart side of an endpoint. */
export interface EndpointFiles {
  /** The models, the handler and its test. */
  readonly files: readonly CreateFile[];
  readonly handlerPath: string;
  readonly registration: NewRegistration;
  /** The files of lib/runtime/ that the handler and the models import. */
  readonly runtimeFiles: readonly string[];
}

/**
 * Writes the handler of an endpoint, its models and its test.
 *
 * @param packageName the service's Dart package
 * @param template templates/endpoint/
 * @throws InvalidValueError if the method has no body and the request cannot be a query
 */
export async function endpointFiles(
  spec: EndpointSpec,
  packageName: string,
  template: Template,
): Promise<EndpointFiles> {
  const { key, method, path, request, response } = spec;
  const names = namesOf(key);
  const hasBody = takesBody(method);
  const route = `\`${method} ${path}\``;
  const body = hasBody ? await modelOf(request, names.request, `What ${route} takes.`) : undefined;
  const output = await modelOf(response, names.response, `What ${route} answers.`);
  const query = hasBody || request === undefined ? [] : queryFields(request);
  const inputs = inputsOf(spec.parameters, query, body);
  const models = [
    ...(body ? [{ path: modelFile(names.request), content: body.content }] : []),
    ...(output ? [{ path: modelFile(names.response), content: output.content }] : []),
  ];
  const variables = {
    ...handlerVariables(names, spec, inputs, output),
    ...testVariables({
      handler: names.handler,
      inputs,
      body,
      request,
      response,
      echo: echo(key, inputs, 'expected'),
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
      ...(models.length > 0 ? MODEL_FILES : []),
      ...(inputs.some(({ from }) => from !== 'body') ? ['lib/runtime/parameters.dart'] : []),
    ],
  };
}

const modelOf = async (
  sample: Sample | undefined,
  className: string,
  description: string,
): Promise<Model | undefined> => sample && planModel(sample, { className, description });

/** Lists every file that an endpoint of that name can have. */
export function usualFiles(key: string): string[] {
  const { file, request, response } = namesOf(key);
  return [modelFile(request), modelFile(response), handlerFile(file), testFile(file)];
}

const handlerFile = (name: string): string => `lib/handlers/${name}.dart`;
const testFile = (name: string): string => `test/handlers/${name}_test.dart`;
const MODELS = 'lib/models/';
const modelFile = (className: string): string => `${MODELS}${snakeCase(className)}.dart`;

interface Names {
  /** The name of the handler's file, without its extension. */
  readonly file: string;
  /** The registered handler. */
  readonly handler: string;
  /** The private function that produces the response. */
  readonly producer: string;
  readonly request: string;
  readonly response: string;
}

function namesOf(key: string): Names {
  return {
    file: snakeCase(key),
    handler: lowerCamel(`${key}-api-gateway`),
    producer: `_${lowerCamel(key)}`,
    request: upperCamel(`${key}-request`),
    response: upperCamel(`${key}-response`),
  };
}

function handlerVariables(
  names: Names,
  { key, response }: EndpointSpec,
  inputs: readonly Input[],
  output: Model | undefined,
) {
  return {
    inputs: inputs.map(({ type, name, read }) => ({
      type,
      name,
      read: print([entry(`${name} =`, read), ';'], 4),
    })),
    answer: print(['return ', responseExpression(names, key, inputs, output), ';'], 2),
    response: output &&
      response && {
        signature: print([
          declaration(generic('Future', [output.rootType]), [
            names.producer,
            parameters(inputs.map(({ type, name }) => `${type} ${name}`)),
          ]),
          ' async {',
        ]),
        result: print(['return ', call(`${output.functionPrefix}FromJson`, ['_sample']), ';'], 2),
        sample: rawText(response.json),
      },
  };
}

function responseExpression(
  names: Names,
  key: string,
  inputs: readonly Input[],
  output: Model | undefined,
): Code {
  if (output === undefined)
    return call('AwsApiGatewayResponse.json', [echo(key, inputs, 'encodable')]);
  const value: Code = [
    'await ',
    call(
      names.producer,
      inputs.map(({ name }) => name),
    ),
  ];
  if (output.encodable('value') === 'value') return call('AwsApiGatewayResponse.json', [value]);
  const body = call(`${output.functionPrefix}ToJson`, [value]);
  return call('AwsApiGatewayResponse', [entry('body:', body)]);
}

/**
 * Writes the response of an endpoint without a sample: the inputs that it was given, as variables
 * of the handler or as the test gives them.
 */
function echo(key: string, inputs: readonly Input[], as: 'encodable' | 'expected'): Code {
  const hello = entry("'message':", dartString(`Hello from ${key}`));
  const echoed = inputs.map((input) => entry(`${dartString(input.name)}:`, input[as]));
  return literal('{', echoed.length > 0 ? echoed : [hello]);
}
