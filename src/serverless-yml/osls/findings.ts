/**
 * Finds what osls will refuse in a serverless.yml, or do differently than it seems to say, before
 * osls runs.
 */

import type { Message } from '../../message.ts';
import { ARCHITECTURES } from '../../service/service.ts';
import { asText, isRecord, isUnknown, recordOf } from '../../util/json.ts';
import { eventsOf } from '../http-events.ts';
import type { Path } from '../variables/lookup.ts';
import type { Find, OslsConfiguration, OslsFinding } from './finding.ts';
import * as messages from './messages.ts';
import { routeFindings } from './route-findings.ts';
import { OSLS_KEYS, OSLS_NAMES, OSLS_NUMBERS } from './schema.ts';

/** Describes the osls that a service has installed, or will install. */
export interface InstalledOsls {
  /** A version or a range; before the installation it is taken from package.json. */
  readonly version: string;
  /** Returns whether the version is in an npm range, or undefined if the text is not a range. */
  readonly satisfies: (range: unknown) => boolean | undefined;
}

interface FindingOptions {
  /** Checked against `frameworkVersion`, if known. */
  readonly osls?: InstalledOsls | undefined;
  /** Whether osls will also compile, for which it needs our plugin. */
  readonly builds?: boolean;
}

/** The plugin in every generated service that compiles it. */
const PLUGIN = './tool/serverless-dart.mjs';

/** Returns all findings, in the order of the file's sections. */
export function oslsFindings(
  { value, fail }: OslsConfiguration,
  { osls, builds = false }: FindingOptions = {},
): OslsFinding[] {
  const mode = value.configValidationMode ?? 'error';
  const found =
    (severity: OslsFinding['severity']) =>
    (path: Path, message: Message, hint: string): OslsFinding[] => [
      { severity, path, problem: fail(path, message, hint) },
    ];
  const refuse: Find = (...finding) =>
    mode === 'off' ? [] : found(mode === 'error' ? 'error' : 'warning')(...finding);
  const otherPlugins = pluginsOf(value.plugins).filter((name) => !isOurs(name));
  // A plugin may have added keys to the schema, which we cannot know here.
  const unknown: Find = (...finding) =>
    refuse(...finding).map((one) =>
      otherPlugins.length > 0 ? { ...one, severity: 'warning' } : one,
    );
  const warn = found('warning');
  return [
    ...keyFindings(value, unknown),
    ...versionFindings(value.frameworkVersion, osls, mode === 'error', found),
    ...(typeof value.service === 'string' &&
    !isUnknown(value.service) &&
    !OSLS_NAMES.service.test(value.service)
      ? refuse(['service'], messages.badServiceName({ name: value.service }), 'service: hello')
      : []),
    ...pluginFindings(value.plugins, builds && otherPlugins.length === 0 ? found('error') : warn),
    ...settingFindings(value.provider, ['provider'], refuse, warn),
    ...functionsOf(value).flatMap(([key, fn]) => [
      ...settingFindings(fn, ['functions', key], refuse, warn),
      ...eventsOf(fn).flatMap((event, index) =>
        routeFindings(event, ['functions', key, 'events', index], refuse),
      ),
    ]),
    ...(isRecord(value.package) && asText(value.package.artifact)
      ? warn(['package', 'artifact'], messages.artifactUnused(), 'take it out')
      : []),
  ];
}

/** Returns what osls refuses in every command. */
export const oslsErrors = (configuration: OslsConfiguration): OslsFinding[] =>
  oslsFindings(configuration).filter(({ severity }) => severity === 'error');

const functionsOf = ({
  functions,
}: OslsConfiguration['value']): [string, Record<string, unknown>][] =>
  Object.entries(recordOf(functions)).flatMap(([key, fn]) => (isRecord(fn) ? [[key, fn]] : []));

/** Finds keys that osls does not know. Like osls, it ignores keys without a value. */
function keyFindings(value: OslsConfiguration['value'], unknown: Find): OslsFinding[] {
  const checkKeys = (map: unknown, known: keyof typeof OSLS_KEYS, path: Path): OslsFinding[] =>
    Object.entries(recordOf(map)).flatMap(([key, given]) =>
      given === null || OSLS_KEYS[known].includes(key)
        ? []
        : unknown(
            [...path, key],
            known === 'event'
              ? messages.unknownEvent({ name: key })
              : path.length === 0
                ? messages.unknownRootKey({ key })
                : messages.unknownKey({ key, place: path.join('.') }),
            known === 'event' ? '- http: GET /hello' : 'take it out',
          ),
    );
  return [
    ...checkKeys(value, 'root', []),
    ...checkKeys(value.provider, 'provider', ['provider']),
    ...checkKeys(value.package, 'package', ['package']),
    ...functionsOf(value).flatMap(([key, fn]) => {
      const path = ['functions', key];
      return [
        ...(OSLS_NAMES.function.test(key)
          ? []
          : unknown(path, messages.badFunctionName({ name: key }), 'rename it')),
        ...checkKeys(fn, 'function', path),
        ...checkKeys(fn.package, 'functionPackage', [...path, 'package']),
        ...eventsOf(fn).flatMap((event, index) => {
          const place = [...path, 'events', index];
          if (!isRecord(event)) return [];
          return [
            ...checkKeys(event, 'event', place),
            ...checkKeys(event.http, 'http', [...place, 'http']),
            ...checkKeys(event.httpApi, 'httpApi', [...place, 'httpApi']),
          ];
        }),
      ];
    }),
  ];
}

/** Finds invalid values of settings that the provider and the functions share. */
function settingFindings(map: unknown, path: Path, refuse: Find, warn: Find): OslsFinding[] {
  const { architecture, runtime, ...settings } = recordOf(map);
  const isOdd = (value: unknown, known: readonly unknown[]) =>
    value !== undefined && value !== null && !isUnknown(value) && !known.includes(value);
  return [
    ...(isOdd(architecture, ARCHITECTURES)
      ? refuse(
          [...path, 'architecture'],
          messages.badArchitecture({
            value: String(architecture),
            values: ARCHITECTURES.join(' and '),
          }),
          'architecture: arm64',
        )
      : []),
    ...Object.entries(OSLS_NUMBERS).flatMap(([name, { least, most }]) => {
      const value = settings[name];
      if (value === undefined || value === null || isUnknown(value)) return [];
      const number = Number(value);
      if (Number.isInteger(number) && number >= least && number <= most) return [];
      return refuse(
        [...path, name],
        messages.badNumber({ key: name, value: JSON.stringify(value), least, most }),
        `${name}: ${Math.min(Math.max(Math.round(number) || least, least), most)}`,
      );
    }),
    // https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
    ...(runtime === 'provided.al2'
      ? warn([...path, 'runtime'], messages.deprecatedRuntime(), 'runtime: provided.al2023')
      : []),
  ];
}

/**
 * Reads the list of plugins, which is `plugins` itself or its `modules`. Unresolved variables are
 * skipped.
 */
function pluginsOf(plugins: unknown): string[] {
  const list = isRecord(plugins) ? plugins.modules : plugins;
  if (typeof list === 'string') return [list];
  return Array.isArray(list) ? list.filter((name) => typeof name === 'string') : [];
}

const isOurs = (name: string): boolean => /(^|\/)tool\/serverless-dart(\.mjs)?$/.test(name);

function pluginFindings(plugins: unknown, find: Find): OslsFinding[] {
  const names = pluginsOf(plugins);
  if (names.some((name) => isOurs(name) || isUnknown(name))) return [];
  return find(['plugins'], messages.noPlugin(), `plugins: [${[...names, PLUGIN].join(', ')}]`);
}

/**
 * Compares versions as osls does in `Service.reloadServiceFileParam`
 * (https://github.com/oss-serverless/osls/blob/main/lib/classes/service.js). In any mode but
 * `error`, osls ignores what is not a range.
 */
function versionFindings(
  wanted: unknown,
  osls: InstalledOsls | undefined,
  isStrict: boolean,
  found: (severity: OslsFinding['severity']) => Find,
): OslsFinding[] {
  if (!wanted || osls === undefined || isUnknown(wanted)) return [];
  const path = ['frameworkVersion'];
  const major = /\d+/.exec(osls.version)?.[0];
  const hint = `frameworkVersion: '${major}'`;
  switch (osls.satisfies(wanted)) {
    case true:
      return [];
    case false:
      return found('error')(
        path,
        messages.otherVersion({ version: osls.version, range: String(wanted) }),
        hint,
      );
    case undefined:
      return found(isStrict ? 'error' : 'warning')(
        path,
        messages.notARange({ value: JSON.stringify(wanted) }),
        hint,
      );
  }
}
