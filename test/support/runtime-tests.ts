import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const filesOf = (folder: string, into: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [
      `${into}/${name}`,
      readFileSync(join(folder, name), 'utf8'),
    ]),
  );

/** The tests of lib/runtime/ in Dart, by their paths in a service that is called shop. */
export const RUNTIME_TESTS = filesOf(
  fileURLToPath(new URL('../runtime/', import.meta.url)),
  'test/runtime',
);

/** The tests of lib/runtime/shelf.dart, which a service with an app has. */
export const SHELF_TESTS = filesOf(
  fileURLToPath(new URL('../shelf/', import.meta.url)),
  'test/shelf',
);
