import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../runtime/', import.meta.url));

/** The tests of lib/runtime/ in Dart, by their paths in a service that is called shop. */
export const RUNTIME_TESTS: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(folder).map((name) => [
    `test/runtime/${name}`,
    readFileSync(join(folder, name), 'utf8'),
  ]),
);
