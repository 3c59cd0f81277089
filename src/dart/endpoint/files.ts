import { basename } from 'node:path/posix';
import type { Sample } from '../../sample/sample.ts';
import { type PathParameter, takesBody } from '../../service/endpoint/rules.ts';
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
import {
  type HandlerFiles,
  handlerFile,
  handlerFiles,
  importsOf,
  modelOf,
  testFile,
} from '../handler.ts';
import { dartString, lowerCamel, RUNTIME_TYPES, rawString, upperCamel } from '../identifiers.ts';
import { modelFile, RUNTIME_FILES } from '../model/files.ts';
import { type KnownModels, withClasses, withNames } from '../model/known.ts';
import type { Model, ModelOptions } from '../model/model.ts';
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
  const body = await modelIf(hasBody ? request : undefined, {
    ...{ className: names.request, prefix, known: free },
    description: `What ${route} takes.`,
    patch: method === 'PATCH',
  });
  // The response may use what the request has declared.
  const output = await modelIf(response, {
    ...{ className: names.response, prefix, known: withClasses(free, body?.classes ?? []) },
    description: `What ${route} answers.`,
    openEnums: true,
  });
  const models = [body, output].filter((model) => model !== undefined);
  const query = hasBody || request === undefined ? [] : queryFields(request);
  const taken = [names.logic, ...models.flatMap((model) => model.names)];
  const inputs = inputsOf(spec.parameters, query, body, taken);
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
    file: basename(handlerFile(key)),
    models: importsOf(models),
  };
  return handlerFiles({
    ...{ key, handler: names.handler, package: packageName, models },
    code: template.text('handler.dart', variables),
    test: template.text('handler_test.dart', variables),
    runtimeFiles: [
      'lib/runtime/runtime.dart',
      // What a handler refuses is a 400 only where the runtime knows of it.
      ...(inputs.length > 0 ? ['lib/runtime/http_problem.dart'] : []),
      ...(body === undefined ? [] : ['lib/runtime/api_gateway_event.dart']),
      ...(models.length > 0 ? RUNTIME_FILES : []),
      ...(inputs.some(({ from }) => from !== 'body') ? ['lib/runtime/parameters.dart'] : []),
    ],
  });
}

const modelIf = async (sample: Sample | undefined, options: ModelOptions) =>
  sample && modelOf(sample, options);

/** Lists every file that an endpoint of that name can have. */
export function usualFiles(key: string): string[] {
  const { request, response } = namesOf(key);
  return [modelFile(request), modelFile(response), handlerFile(key), testFile(key)];
}

interface Names {
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
    handler: lowerCamel(`${key}-api-gateway`),
    logic: lowerCamel(key, LOGIC_TAKEN),
    // The runtime has a BadRequest.
    request: upperCamel(`${key}-request`, RUNTIME_TYPES),
    response: upperCamel(`${key}-response`, RUNTIME_TYPES),
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
