import { isNode } from 'yaml';
import { UserError } from '../errors.ts';
import type { Deployment } from './deployment.ts';
import { functionEnvironment } from './function-environment.ts';
import { functionUrl } from './function-url.ts';
import { gatewaySettings } from './gateway-settings.ts';
import { httpEvents } from './http-events.ts';
import { notServed } from './not-served.ts';
import type { Service, ServiceFunction } from './service.ts';
import { asText, isRecord } from './values.ts';
import { type Path, resolveVariables, type VariableSources } from './variables.ts';
import { parseYaml } from './yaml-file.ts';

/** What osls takes where serverless.yml is silent (its reference of serverless.yml). */
const DEFAULTS = {
  memorySize: 1024,
  timeout: 6,
  region: 'us-east-1',
  stage: 'dev',
  architecture: 'x86_64',
};

/** Those without a language of their own that osls takes. */
const RUNTIMES: readonly string[] = ['provided.al2023', 'provided.al2'];

export interface ReadOptions {
  /** How messages name the file. */
  readonly file: string;
  /** As `--stage`: goes before what serverless.yml says. */
  readonly stage?: string | undefined;
  /** As `--region`: goes before what serverless.yml says. */
  readonly region?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A service, and what of its file cannot be known on this machine. */
export interface ReadResult {
  readonly service: Service;
  readonly deployment: Deployment;
  readonly warnings: readonly string[];
  /** What AWS does for it and `dev` does not, in sentences. */
  readonly notServed: readonly string[];
}

/** Makes an error that points to the value at the path, or to what is closest to it. */
type Fail = (path: Path, message: string, hint: string) => UserError;

/**
 * Reads a serverless.yml as far as running its functions here needs.
 *
 * @throws UserError naming line and column when the file is broken or is not one of a Dart service
 */
export function readServerlessYml(text: string, options: ReadOptions): ReadResult {
  const { file } = options;
  const { document, value: raw, at } = parseYaml(text, file);
  const fail: Fail = (path, message, hint) => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) {
        return new UserError(`${at(node.range[0])}: ${message}`, hint);
      }
    }
    return new UserError(`${file}: ${message}`, hint);
  };
  if (!isRecord(raw)) throw fail([], 'it is not a map.', 'start it with  service: hello');
  const { value, warnings } = resolveVariables(raw, variableSources(raw, options), (path) =>
    fail(path, 'its variables grow without end.', 'write it out, without variables in variables'),
  );
  const resolved = value as Record<string, unknown>;
  const found = [...warnings];
  const plain = toService(resolved, options, fail, (warning) => found.push(warning));
  const service = { ...plain, gateway: gatewaySettings(resolved, plain.functions) };
  return {
    service,
    deployment: toDeployment(resolved, service),
    warnings: [...new Set(found)],
    notServed: notServed(Object.entries(resolved.functions as object)),
  };
}

function variableSources(raw: Record<string, unknown>, { stage, region, env }: ReadOptions) {
  const provider = isRecord(raw.provider) ? raw.provider : {};
  const options: Record<string, string | undefined> = { stage, region };
  return {
    opt: (name) => own(options, name),
    env: (name) => own(env, name),
    self: (address) => address.split('.').reduce<unknown>(own, raw),
    sls: (name) => (name === 'stage' ? (stage ?? provider.stage ?? DEFAULTS.stage) : undefined),
    aws: (name) => (name === 'region' ? (region ?? provider.region) : undefined),
  } satisfies VariableSources;
}

/** The value of a map, and nothing that every object has: `constructor`, `__proto__`. */
const own = (map: unknown, key: string): unknown =>
  isRecord(map) && Object.hasOwn(map, key) ? map[key] : undefined;

function toService(
  root: Record<string, unknown>,
  { stage: givenStage, region }: ReadOptions,
  fail: Fail,
  warn: (warning: string) => void,
): Service {
  const name = asText(root.service);
  if (name === undefined) throw fail(['service'], '`service` has no name.', 'service: hello');
  const provider = isRecord(root.provider) ? root.provider : {};
  if (provider.name !== 'aws') {
    throw fail(['provider', 'name'], '`provider.name` is not aws.', 'provider: { name: aws }');
  }
  if (!isRecord(root.functions) || Object.keys(root.functions).length === 0) {
    const hint = 'add one, for example  hello: { handler: main.hello }';
    throw fail(['functions'], '`functions` has no function.', hint);
  }
  const stage = givenStage ?? asText(provider.stage) ?? DEFAULTS.stage;
  return {
    name,
    stage,
    region: region ?? asText(provider.region) ?? DEFAULTS.region,
    functions: Object.entries(root.functions).map(([key, definition]) => {
      if (!isRecord(definition)) {
        const hint = `${key}: { handler: main.${key} }`;
        throw fail(['functions', key], `the function ${key} is not a map.`, hint);
      }
      return toFunction(key, `${name}-${stage}-${key}`, definition, provider, fail, warn);
    }),
  };
}

/** Where osls puts the service; its names and defaults. */
function toDeployment(root: Record<string, unknown>, { name, stage }: Service): Deployment {
  const provider = isRecord(root.provider) ? root.provider : {};
  const functions = isRecord(root.functions) ? Object.values(root.functions) : [];
  const architectures = functions.map((definition) =>
    architectureOf(isRecord(definition) ? definition : {}, provider),
  );
  return {
    stackName: asText(provider.stackName) ?? `${name}-${stage}`,
    profile: asText(provider.profile),
    artifactPrefix: `${asText(provider.deploymentPrefix) ?? 'serverless'}/${name}/${stage}/`,
    architectures: [...new Set(architectures)],
  };
}

function architectureOf(
  definition: Record<string, unknown>,
  provider: Record<string, unknown>,
): string {
  return asText(definition.architecture) ?? asText(provider.architecture) ?? DEFAULTS.architecture;
}

function toFunction(
  key: string,
  defaultName: string,
  definition: Record<string, unknown>,
  provider: Record<string, unknown>,
  fail: Fail,
  warn: (warning: string) => void,
): ServiceFunction {
  const path = ['functions', key];
  const runtime = definition.runtime ?? provider.runtime;
  if (typeof runtime !== 'string' || !RUNTIMES.includes(runtime)) {
    throw fail(
      definition.runtime === undefined ? ['provider', 'runtime'] : [...path, 'runtime'],
      `the function ${key} has ${runtime ? `the runtime ${runtime}` : 'no runtime'}; Dart needs provided.al2023 or provided.al2.`,
      'runtime: provided.al2023',
    );
  }
  const handler = asText(definition.handler);
  if (handler === undefined || !/^[^.\s]+\.[^.\s/]+$/.test(handler)) {
    throw fail(
      [...path, 'handler'],
      `the function ${key} has ${handler ? `the handler "${handler}"` : 'no handler'}; it is a file of lib/, a dot, and the registered name.`,
      `handler: main.${key}`,
    );
  }
  const wholeNumber = (property: 'memorySize' | 'timeout'): number => {
    const given = definition[property] ?? provider[property] ?? DEFAULTS[property];
    if (Number.isInteger(Number(given)) && Number(given) > 0) return Number(given);
    throw fail(
      definition[property] === undefined ? ['provider', property] : [...path, property],
      `${property} of the function ${key} is ${JSON.stringify(given)}, not a whole number above 0.`,
      `${property}: ${DEFAULTS[property]}`,
    );
  };
  const environment = functionEnvironment(key, provider.environment, definition.environment);
  environment.warnings.forEach(warn);
  const url = functionUrl(definition.url);
  if (url?.authorizer) {
    warn(`the URL of ${key} takes signed requests only on AWS (aws_iam); here it takes all`);
  }
  return {
    key,
    name: asText(definition.name) ?? defaultName,
    handler,
    architecture: architectureOf(definition, provider),
    environment: environment.variables,
    ...(url && { url }),
    memory: wholeNumber('memorySize'),
    timeout: wholeNumber('timeout'),
    events: httpEvents(definition.events, (problem, index) =>
      fail([...path, 'events', index], `the function ${key}: ${problem}`, '- http: GET /hello'),
    ),
  };
}
