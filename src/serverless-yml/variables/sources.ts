/**
 * Implements the sources of osls variables as far as this machine can
 * (https://github.com/oss-serverless/osls/tree/main/lib/configuration/variables/sources). It lacks
 * those that only AWS knows (`cf`, `ssm`, `s3`, `aws:accountId`) and those of plugins (`git`).
 */

import { DEFAULTS } from '../../service/defaults.ts';
import { isStage } from '../../service/stage.ts';
import type { Env } from '../../util/env.ts';
import { fileSource, type ReadFile } from './included-file.ts';
import { type Lookup, Unknown, type VariableSource, type VariableSources } from './lookup.ts';
import { notABoolean } from './messages.ts';
import { coerced } from './parts.ts';

/** Holds what variables can read besides serverless.yml itself. */
export interface VariableOptions {
  readonly env: Env;
  /** The value of `--stage`, which overrides serverless.yml. */
  readonly stage?: string | undefined;
  /** The value of `--region`, which overrides serverless.yml. */
  readonly region?: string | undefined;
  /** The values of `--param` by name, which override those in serverless.yml. */
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** Identifies this run, for `${sls:instanceId}`. */
  readonly instanceId?: string | undefined;
  /** Reads the files that variables name; without it, these variables stay unresolved. */
  readonly read?: ReadFile | undefined;
}

/** Returns the sources for the variables of a serverless.yml. */
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
      BOOLEANS.get(String(text).trim().toLowerCase()) ?? new Unknown(notABoolean()),
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

/** Wraps a source that needs an address. */
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

/**
 * Returns the stage that variables are resolved for. As in osls, the params of other stages stay
 * unresolved.
 */
export function stageOf({ stage }: VariableOptions, { at }: Lookup): string | Unknown {
  const found = stage ?? at(['provider', 'stage']) ?? DEFAULTS.stage;
  return found instanceof Unknown || isStage(found) ? found : new Unknown();
}

/** Reads an own property, so that `constructor` and `__proto__` are not found. */
const own = (map: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(map, key) ? map[key] : undefined;
