import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTree } from './folders.ts';

/** A way to write a service, and what an edit makes of it. */
export interface Shape {
  readonly name: string;
  /** The file of the service. */
  readonly file: string;
  /** It and all that it names, by their paths. */
  readonly input: Readonly<Record<string, string>>;
  /** The same with the endpoint getOrder; undefined where it is refused. */
  readonly output: Readonly<Record<string, string>> | undefined;
  /** The same with `cors: true` in its event, for some of those with a REST API. */
  readonly cors: Readonly<Record<string, string>> | undefined;
  /** Why it is refused. */
  readonly message: string | undefined;
}

const fixtures = fileURLToPath(new URL('../fixtures/serverless-yml/', import.meta.url));

/**
 * The shapes of `test/fixtures/serverless-yml/`. `input.yml` and `output.yml` are a
 * serverless.yml alone; `input/` has all files, `output/` those that differ. `cors` is like `output`.
 */
export const shapes: readonly Shape[] = readdirSync(fixtures).map((name) => {
  const input = filesOf(name, 'input') ?? {};
  const output = filesOf(name, 'output');
  const cors = filesOf(name, 'cors');
  const message = join(fixtures, name, 'message.txt');
  return {
    name,
    file: 'serverless.json' in input ? 'serverless.json' : 'serverless.yml',
    input,
    output: output && { ...input, ...output },
    cors: cors && { ...input, ...cors },
    message: existsSync(message) ? readFileSync(message, 'utf8').trimEnd() : undefined,
  };
});

function filesOf(name: string, part: string): Record<string, string> | undefined {
  const path = join(fixtures, name, part);
  if (existsSync(`${path}.yml`)) return { 'serverless.yml': readFileSync(`${path}.yml`, 'utf8') };
  return existsSync(path) && statSync(path).isDirectory() ? readTree(path) : undefined;
}
