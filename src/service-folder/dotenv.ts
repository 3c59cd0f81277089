import { parse, populate } from 'dotenv';
import { expand } from 'dotenv-expand';
import { readText } from '../changes/text-file.ts';
import type { Env } from '../util/env.ts';

/** The variables that a file such as `.env` sets (https://github.com/motdotla/dotenv). */
export function parseDotenv(text: string): Record<string, string> {
  return parse(text);
}

/** What the files of `useDotenv` set. */
export interface Dotenv {
  /** The environment with it; what is set in that already stays. */
  readonly env: Env;
  /** What was found, with `${NAME}` expanded. */
  readonly variables: Readonly<Record<string, string>>;
  /** Where it was looked for, from the service's folder. */
  readonly paths: readonly string[];
}

/**
 * Reads the variables of a service with `useDotenv`, as osls does
 * (https://github.com/oss-serverless/osls/blob/main/lib/cli/load-dotenv.js).
 *
 * @throws UserError when a file cannot be read
 */
export async function loadDotenv(root: string, stage: string, env: Env): Promise<Dotenv> {
  // The first one that is there counts, and it alone.
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
