import type { Sample } from '../../sample/sample.ts';
import { handlerFor } from '../../service/endpoint/handler.ts';
import { type PathParameter, takesBody } from '../../service/endpoint/rules.ts';
import { MODELS } from '../../service/record.ts';
import type { Template } from '../../templates.ts';
import {
  arrow,
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
import { dartString, lowerCamel, rawString, snakeCase, upperCamel } from '../identifiers.ts';
import { RUNTIME_FILES } from '../model/files.ts';
import { type KnownModels, withClasses, withNames } from '../model/known.ts';
import { type Model, type ModelOptions, planModel } from '../model/model.ts';
import { type Input, inputsOf } from './inputs.ts';
import { nounOf } from './noun.ts';
import { queryFields } from './query.ts';
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

/**
 * Writes the handler of an endpoint, its models and its test.
 *
 * @param packageName the service's Dart package
 * @param template templates/endpoint/
 * @param known the models that are there
 * @throws InvalidValueError if the method has no body and the request cannot be a query
 */
export async function endpointFiles(
  spec: EndpointSpec,
  packageName: string,
  template: Template,
  known: KnownModels,
): Promise<HandlerFiles> {
  const { key, method, path, request, response } = spec;
  const names = namesOf(key);
  const hasBody = takesBody(method);
  const route = `\`${method} ${path}\``;
  const prefix = nounOf(key);
  const free = withNames(known, [names.request, names.response]);
  const body = await modelOf(hasBody ? request : undefined, {
    ...{ className: names.request, prefix, known: free },
    description: `What ${route} takes.`,
    patch: method === 'PATCH',
  });
  // The response may use what the request has declared.
  const output = await modelOf(response, {
    ...{ className: names.response, prefix, known: withClasses(free, body?.classes ?? []) },
    description: `What ${route} answers.`,
    openEnums: true,
  });
  const models = [body, output].filter((model) => model !== undefined);
  const query = hasBody || request === undefined ? [] : queryFields(request);
  const taken = [names.logic, ...models.flatMap((model) => model.names)];
  const inputs = inputsOf(spec.parameters, query, body, taken);
  const modelFiles = models.flatMap(({ file }) => file ?? []);
  const own = modelFiles.map(({ library }) => library);
  const others = (libraries: readonly string[]) =>
    [...new Set(libraries)]
      .filter((library) => !own.includes(library))
      .map((library) => `${MODELS}${library}`);
  const variables = {
    ...handlerVariables(names, spec, inputs, output),
    ...testVariables({
      ...{ handler: names.handler, logic: names.logic, inputs, body, output, request, response },
      isPatch: method === 'PATCH',
      echo: echo(key, inputs, 'expected'),
    }),
    method,
    path,
    handler: names.handler,
    package: packageName,
    file: `${names.file}.dart`,
    models: [...new Set(models.flatMap(({ imports }) => imports))].sort(),
  };
  const handlerPath = handlerFile(names.file);
  const files = [
    ...modelFiles.map(({ library, content }) => ({ path: `${MODELS}${library}`, content })),
    { path: handlerPath, content: template.text('handler.dart', variables) },
    { path: handlerTest(names.file), content: template.text('handler_test.dart', variables) },
  ];
  return {
    files: files.map((file) => ({ kind: 'create', ...file })),
    classes: models.flatMap(({ classes }) => classes),
    shared: others(models.flatMap(({ shared }) => shared)),
    chosen: others(models.flatMap(({ chosen }) => chosen)),
    handlerPath,
    registration: {
      name: handlerFor(key),
      handler: names.handler,
      library: handlerPath.replace(/^lib\//, ''),
      package: packageName,
    },
    runtimeFiles: [
      'lib/runtime/runtime.dart',
      // What a handler refuses is a 400 only where the runtime knows of it.
      ...(inputs.length > 0 ? ['lib/runtime/http_problem.dart'] : []),
      ...(body === undefined ? [] : ['lib/runtime/api_gateway_event.dart']),
      ...(models.length > 0 ? RUNTIME_FILES : []),
      ...(inputs.some(({ from }) => from !== 'body') ? ['lib/runtime/parameters.dart'] : []),
    ],
  };
}

/** Plans the model of a sample: one for the service if it has a name, else one for the endpoint. */
const modelOf = async (
  sample: Sample | undefined,
  options: ModelOptions,
): Promise<Model | undefined> =>
  sample && planModel(sample, { ...options, ...named(sample.className) });

const named = (className: string | undefined): Partial<ModelOptions> =>
  className === undefined
    ? {}
    : { className, prefix: className, description: '', openEnums: false };

/** Lists every file that an endpoint of that name can have. */
export function usualFiles(key: string): string[] {
  const { file, request, response } = namesOf(key);
  return [modelFile(request), modelFile(response), handlerFile(file), handlerTest(file)];
}

const modelFile = (className: string): string => `${MODELS}${snakeCase(className)}.dart`;

interface Names {
  /** The name of the handler's file, without its extension. */
  readonly file: string;
  /** The registered handler. */
  readonly handler: string;
  /** The function that does the work, with neither an event nor a response. */
  readonly logic: string;
  readonly request: string;
  readonly response: string;
}

/** Names that a function of a handler's file cannot have: what the generated code calls there. */
const LOGIC_TAKEN: ReadonlySet<string> = new Set(['decodeJson', 'main']);

function namesOf(key: string): Names {
  return {
    file: snakeCase(key),
    handler: lowerCamel(`${key}-api-gateway`),
    logic: lowerCamel(key, LOGIC_TAKEN),
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
    inputs: inputs.map(({ name, read }) => print([entry(`final ${name} =`, read), ';'], 2)),
    answer: print(['return ', responseExpression(names, key, inputs, output), ';'], 2),
    response: output &&
      response && {
        work: print([
          declaration(generic('Future', [output.rootType]), [
            names.logic,
            parameters(inputs.map(({ type, name }) => `${type} ${name}`)),
            ' async',
            arrow(output.decode('_sample')),
            ';',
          ]),
        ]),
        sample: rawString(response.json, '_sample'),
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
  const args = inputs.map(({ name }) => name);
  const value: Code = ['await ', call(names.logic, args)];
  if (output.encodable('value') === 'value') return call('AwsApiGatewayResponse.json', [value]);
  return call('AwsApiGatewayResponse', [entry('body:', output.encode(value))]);
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
