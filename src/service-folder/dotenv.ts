import { parse, populate } from 'dotenv';
import { expand } from 'dotenv-expand';
import { readText } from '../changes/text-file.ts';
import type { Env } from '../util/env.ts';

/** Parses a file such as `.env` (https://github.com/motdotla/dotenv). */
export function parseDotenv(text: string): Record<string, string> {
  return parse(text);
}

/** Holds the variables that `useDotenv` loaded. */
export interface Dotenv {
  /** The environment extended by these; variables that were set already keep their values. */
  readonly env: Env;
  /** The variables that were found, with `${NAME}` expanded. */
  readonly variables: Readonly<Record<string, string>>;
  /** The paths that were tried, relative to the service's folder. */
  readonly paths: readonly string[];
}

/**
 * Loads the variables of a service with `useDotenv`, as osls does
 * (https://github.com/oss-serverless/osls/blob/main/lib/cli/load-dotenv.js).
 *
 * @throws UserError when a file cannot be read
 */
export async function loadDotenv(root: string, stage: string, env: Env): Promise<Dotenv> {
  // Only the first of these that exists is loaded.
  const paths = [`.env.${stage}`, '.env'];
  for (const path of paths) {
    const text = await readText(root, path);
    if (text === undefined) continue;
    const processEnv = { ...env } as Record<string, string>;
    populate(processEnv, parse(text));
    const { parsed = {} } = expand({ parsed: parse(text), processEnv });
    return { env: processEnv, variables: parsed, paths };
  }
  return { env, variables: {}, paths };
}
