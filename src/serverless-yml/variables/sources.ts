import type { Env } from '../../util/env.ts';
/**
 * The sources of variables that osls has, as far as this machine knows them
 * (https://github.com/oss-serverless/osls/tree/main/lib/configuration/variables/sources).
 * What only AWS knows (`cf`, `ssm`, `s3`, `aws:accountId`) is none of them, and neither
 * is what a plugin brings (`git`).
 */

import { DEFAULTS } from '../../service/defaults.ts';
import { isStage } from '../../service/stage.ts';
import { isRecord } from '../../util/json.ts';
import { fileSource, type ReadFile } from './included-file.ts';
import { type Lookup, Unknown, type VariableSource, type VariableSources } from './lookup.ts';
import { coerced } from './parts.ts';

/** What of the world and of the command line variables are resolved with. */
export interface VariableOptions {
  readonly env: Env;
  /** As `--stage`: goes before what serverless.yml says. */
  readonly stage?: string | undefined;
  /** As `--region`: goes before what serverless.yml says. */
  readonly region?: string | undefined;
  /** As `--param`, each by its name: goes before those of serverless.yml. */
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** Of this run, for `${sls:instanceId}`. */
  readonly instanceId?: string | undefined;
  /** Reads the files that variables name; without it they are not known. */
  readonly read?: ReadFile | undefined;
}

/** The sources for the variables of a serverless.yml. */
export function variableSources(options: VariableOptions, lookup: Lookup): VariableSources {
  const { stage, region, env, params = {}, instanceId, read } = options;
  const given: Record<string, unknown> = { stage, region };
  const { at } = lookup;
  return {
    opt({ address }) {
      if (address === undefined) return given;
      if (address === null) return undefined;
      const name = coerced(address);
      return name === undefined ? new Unknown() : own(given, name);
    },
    env: byName((name) => own(env, name)),
    self: ({ address }) =>
      typeof address === 'string' && address !== '' ? at(address.split('.')) : new Unknown(),
    file: read === undefined ? () => new Unknown() : fileSource(read, lookup),
    strToBool: ({ parameters: [text] }) =>
      BOOLEANS.get(String(text).trim().toLowerCase()) ??
      new Unknown('strToBool takes true, false, 1 and 0'),
    param: byName((name) => {
      const set = own(params, name);
      if (set !== undefined) return set;
      const current = stageOf(options, lookup);
      if (current instanceof Unknown) return current;
      return at(['params', current, name]) ?? at(['params', 'default', name]);
    }),
    sls: byName((name) => {
      if (name === 'stage') return stageOf(options, lookup);
      return (name === 'instanceId' ? instanceId : undefined) ?? new Unknown();
    }),
    aws: byName((name) => {
      if (name !== 'region') return new Unknown();
      return region || at(['provider', 'region']) || DEFAULTS.region;
    }),
  };
}

/** A source that needs an address. */
const byName =
  (find: (name: string) => unknown): VariableSource =>
  ({ address }) => {
    const name = address ? coerced(address) : undefined;
    return name ? find(name) : new Unknown();
  };

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** The stage that variables are resolved for; of the params of others osls resolves nothing. */
export function stageOf({ stage }: VariableOptions, { at }: Lookup): string | Unknown {
  const found = stage ?? at(['provider', 'stage']) ?? DEFAULTS.stage;
  return found instanceof Unknown || isStage(found) ? found : new Unknown();
}

/** The value of a map, and nothing that every object has: `constructor`, `__proto__`. */
const own = (map: unknown, key: string): unknown =>
  isRecord(map) && Object.hasOwn(map, key) ? map[key] : undefined;
