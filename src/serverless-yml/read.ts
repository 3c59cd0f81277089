import type { UserError } from '../errors.ts';
import { at, type Message } from '../message.ts';
import { DEFAULTS } from '../service/defaults.ts';
import { type Deployment, nameOnAws } from '../service/deployment.ts';
import { handlerFor } from '../service/endpoint/handler.ts';
import type { HttpEvent, Service, ServiceFunction } from '../service/service.ts';
import { asText, isRecord, isUnknown, propertyOf, recordOf } from '../util/json.ts';
import { inQuotes } from '../util/text.ts';
import { authorizerSources } from './authorizers.ts';
import { type Configuration, type ReadOptions, readConfiguration } from './configuration.ts';
import { functionEnvironment, functionUrl, optionalSettings } from './function-settings.ts';
import { gatewaySettings } from './gateway-settings.ts';
import { httpEvents } from './http-events.ts';
import * as messages from './messages.ts';
import { resourcesOf, sourceEvents } from './source-events.ts';
import { type Unsupported, unsupported } from './unsupported.ts';
import type { Origin } from './variables/lookup.ts';

export type { ReadOptions };

/** The OS-only runtimes that osls accepts. */
const RUNTIMES: readonly string[] = ['provided.al2023', 'provided.al2'];

/** Holds a service, and what could not be resolved on this machine. */
export interface ReadResult {
  readonly service: Service;
  readonly deployment: Deployment;
  readonly warnings: readonly Message[];
  /** Says in a sentence each what AWS does for the service and `dev` does not. */
  readonly unsupported: readonly Unsupported[];
  /** Lists the variables that could not be resolved, as they are written. */
  readonly unknown: readonly string[];
  /** Lists the functions that are missing from the service because their handlers are unknown. */
  readonly leftOut: readonly Pick<ServiceFunction, 'key' | 'handler'>[];
  /** Lists the warnings about functions, events and routes that were left out. */
  readonly omissions: readonly Message[];
  /** Says which other file holds the functions; the last one if there are several. */
  readonly functionsOrigin: Origin | undefined;
  /** Explains why no function at all could be read. */
  readonly functionsProblem: UserError | undefined;
  readonly configuration: Configuration;
}

/**
 * Reads from a serverless.yml what is needed to run its functions locally.
 *
 * @throws UserError with line and column when one of its files is broken, or when it does not
 * describe a Dart service
 */
export function readServerlessYml(text: string, options: ReadOptions): ReadResult {
  const configuration = readConfiguration(text, options);
  const { value } = configuration;
  const warnings = [...configuration.warnings];
  const leftOut: ReadResult['leftOut'][number][] = [];
  const omissions = configuration.unknownFunctions.map((variable) =>
    messages.functionsLeftOut({ variable }),
  );
  const functionsProblem = isUnknown(value.functions)
    ? functionsUnknown(value.functions, configuration)
    : undefined;
  const plain = toService(
    configuration,
    options,
    (warning) => warnings.push(warning),
    (omission, fn) => {
      omissions.push(omission);
      if (fn !== undefined) leftOut.push(fn);
    },
  );
  const service = { ...plain, gateway: gatewaySettings(value, plain.functions) };
  return {
    service,
    deployment: toDeployment(value, service),
    warnings: [...new Set([...warnings, ...omissions])],
    unsupported: unsupported(recordOf(value.functions)),
    unknown: configuration.unknown,
    leftOut,
    omissions: [...new Set(omissions)],
    functionsOrigin: configuration.functionsOrigin,
    functionsProblem,
    configuration,
  };
}

function functionsUnknown(variable: string, { fail, reasonOf }: Configuration): UserError {
  const reason = reasonOf(variable);
  return fail(
    ['functions'],
    reason
      ? messages.functionsUnknownBecause({ variable, reason })
      : messages.functionsUnknown({ variable }),
    'write the functions out, or in a YAML or JSON file of this folder',
  );
}

/** Receives a sentence for everything that is left out, and the function if it is one. */
type LeaveOut = (omission: Message, fn?: ReadResult['leftOut'][number]) => void;

function toService(
  configuration: Configuration,
  { stage: givenStage, region }: ReadOptions,
  warn: (warning: Message) => void,
  leaveOut: LeaveOut,
): Service {
  const { value: root, fail } = configuration;
  const { provider, functions } = root;
  const name = asText(root.service);
  if (name === undefined) throw fail(['service'], messages.noName(), 'service: hello');
  const providerName = propertyOf(provider, 'name');
  if (providerName !== 'aws' && !isUnknown(providerName)) {
    throw fail(['provider', 'name'], messages.providerIsNotAws(), 'provider: { name: aws }');
  }
  // As in osls, null removes a function.
  const all = Object.entries(recordOf(functions)).filter(([, definition]) => definition !== null);
  if (all.length === 0 && !isUnknown(functions)) {
    const hint = 'add one, for example  hello: { handler: main.hello }';
    throw fail(['functions'], messages.noFunction(), hint);
  }
  const authorizers = authorizerSources(root);
  const resources = resourcesOf(root);
  const stage = givenStage ?? asText(propertyOf(provider, 'stage')) ?? DEFAULTS.stage;
  return {
    name,
    stage,
    region: region ?? asText(propertyOf(provider, 'region')) ?? DEFAULTS.region,
    functions: all.flatMap(([key, definition]) => {
      const handler = propertyOf(definition, 'handler');
      if (isUnknown(handler)) {
        leaveOut(messages.functionLeftOut({ name: key }), { key, handler });
        return [];
      }
      if (!isRecord(definition)) {
        const hint = `${key}: { handler: ${handlerFor(key)} }`;
        throw fail(['functions', key], messages.functionIsNotAMap({ name: key }), hint);
      }
      const onAws = nameOnAws({ name, stage }, key);
      const fn = toFunction(key, onAws, definition, configuration, warn, leaveOut);
      const sources = [...sourceEvents(definition, resources), ...(authorizers.get(key) ?? [])];
      return sources.length > 0 ? { ...fn, sources } : fn;
    }),
  };
}

/** Derives from names and osls's defaults where the service is deployed. */
function toDeployment(root: Record<string, unknown>, { name, stage }: Service): Deployment {
  const { provider } = root;
  const architectures = Object.values(recordOf(root.functions)).map((definition) =>
    architectureOf(definition, provider),
  );
  const prefix = asText(propertyOf(provider, 'deploymentPrefix')) ?? 'serverless';
  return {
    stackName: asText(propertyOf(provider, 'stackName')) ?? `${name}-${stage}`,
    profile: asText(propertyOf(provider, 'profile')),
    artifactPrefix: `${prefix}/${name}/${stage}/`,
    architectures: [...new Set(architectures)],
  };
}

function architectureOf(definition: unknown, provider: unknown): string {
  return (
    asText(propertyOf(definition, 'architecture')) ??
    asText(propertyOf(provider, 'architecture')) ??
    DEFAULTS.architecture
  );
}

function toFunction(
  key: string,
  defaultName: string,
  definition: Record<string, unknown>,
  { value: root, isKnown, fail }: Configuration,
  warn: (warning: Message) => void,
  leaveOut: LeaveOut,
): ServiceFunction {
  const { provider } = root;
  const path = ['functions', key];
  const runtime = definition.runtime ?? propertyOf(provider, 'runtime');
  if (!isUnknown(runtime) && !(typeof runtime === 'string' && RUNTIMES.includes(runtime))) {
    throw fail(
      definition.runtime === undefined ? ['provider', 'runtime'] : [...path, 'runtime'],
      runtime
        ? messages.otherRuntime({ name: key, runtime: String(runtime) })
        : messages.noRuntime({ name: key }),
      'runtime: provided.al2023',
    );
  }
  const handler = asText(definition.handler);
  if (handler === undefined || !/^[^.\s]+\.[^.\s/]+$/.test(handler)) {
    throw fail(
      [...path, 'handler'],
      handler
        ? messages.oddHandler({ name: key, handler: inQuotes(handler) })
        : messages.noHandler({ name: key }),
      `handler: ${handlerFor(key)}`,
    );
  }
  const wholeNumber = (property: 'memorySize' | 'timeout'): number => {
    const given = definition[property] ?? propertyOf(provider, property) ?? DEFAULTS[property];
    if (isUnknown(given)) {
      warn(messages.settingUnknown({ setting: property, name: key, value: DEFAULTS[property] }));
      return DEFAULTS[property];
    }
    if (Number.isInteger(Number(given)) && Number(given) > 0) return Number(given);
    throw fail(
      definition[property] === undefined ? ['provider', property] : [...path, property],
      messages.notAWholeNumber({ setting: property, name: key, value: JSON.stringify(given) }),
      `${property}: ${DEFAULTS[property]}`,
    );
  };
  const environment = functionEnvironment(
    key,
    propertyOf(provider, 'environment'),
    definition.environment,
    isKnown,
  );
  environment.warnings.forEach(warn);
  const url = functionUrl(definition.url);
  if (url?.authorizer) {
    warn(messages.urlIsOpen({ function: key }));
  }
  return {
    key,
    name: asText(definition.name) ?? defaultName,
    handler,
    architecture: architectureOf(definition, provider),
    environment: environment.variables,
    ...(url && { url }),
    ...optionalSettings(definition, provider),
    memory: wholeNumber('memorySize'),
    timeout: wholeNumber('timeout'),
    events: knownEvents(
      key,
      definition.events,
      (problem, index) =>
        fail([...path, 'events', index], at(`the function ${key}`, problem), '- http: GET /hello'),
      leaveOut,
    ),
  };
}

const LEFT_OUT = {
  events: messages.eventsLeftOut,
  event: messages.eventLeftOut,
  route: messages.routeLeftOut,
};

function knownEvents(
  key: string,
  events: unknown,
  fail: (problem: Message, index: number) => UserError,
  leaveOut: LeaveOut,
): HttpEvent[] {
  const pass = (part: 'events' | 'event' | 'route', written: string) =>
    leaveOut(LEFT_OUT[part]({ function: key, written }));
  return httpEvents(events, fail, pass).filter(({ method, path }) => {
    if (!isUnknown(method) && !isUnknown(path)) return true;
    pass('route', `${method} ${path}`);
    return false;
  });
}
