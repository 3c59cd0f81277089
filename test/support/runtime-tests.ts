import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTemplate } from '../../src/templates.ts';

type Files = Readonly<Record<string, string>>;

const filesOf = (folder: string, into: string): Files =>
  Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [`${into}/${name}`, readFileSync(join(folder, name), 'utf8')]),
  );
const near = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The tests of lib/runtime/ in Dart, by their paths in a service that is called shop. */
export const RUNTIME_TESTS = filesOf(near('../runtime/'), 'test/runtime');

/** The tests of lib/runtime/shelf.dart, which a service with an app has. */
export const SHELF_TESTS = filesOf(near('../shelf/'), 'test/shelf');

/** The tests of lib/runtime/events/, which need {@link listGetters} too. */
export const EVENT_TESTS = filesOf(near('../runtime/events/'), 'test/runtime/events');

/** The events that those tests read. */
export const EVENT_FIXTURES = filesOf(near('../fixtures/events/'), 'test/fixtures/events');

const samples = (await loadTemplate('events')).render({
  account: '123456789012',
  region: 'us-east-1',
  stage: 'dev',
  functionName: 'shop-dev-hello',
});

/** The sample events of `invoke`, which those tests read, too. */
export const EVENT_SAMPLES: Files = Object.fromEntries(
  samples.map(({ path, content }) => [`test/fixtures/events/sample-${path}`, content]),
);

/** The tests of the library with the names of the package aws_lambda_dart_runtime. */
export const COMPATIBLE_TESTS = filesOf(near('../compatible/'), 'test/compatible');
