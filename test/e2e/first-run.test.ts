import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, it } from 'vitest';
import { sdkTarget } from '../../templates/service/tool/dart-cache.mjs';
import { makeZip, startArchive, VERSION } from '../support/dart-archive.ts';
import { root } from '../support/docs.ts';
import { temporaryFolder } from '../support/folders.ts';

const dartBin = inject('dartBin');

/*
 * What is faked: the archive, and the SDK in it, which is the Dart VM for tests with the file by
 * which an SDK tells its version.
 */
const SDK = {
  'dart-sdk/version': `${VERSION}\n`,
  'dart-sdk/bin/dart': {
    text: `#!/bin/sh\n[ "$*" = 'pub --help' ] && exit 0\nexec '${dartBin}/dart' "$@"\n`,
    mode: 0o100755,
  },
};

describe.skipIf(dartBin === '')('npm start on a machine that has nothing but Node.js', () => {
  it('fetches a Dart SDK where the archive can be reached, and gets both answers with it', async () => {
    const archive = await startArchive();
    const target = sdkTarget() ?? '';
    archive.add(VERSION, target, await makeZip(SDK));
    archive.newest('stable', VERSION);
    const home = temporaryFolder();
    const cache = join(home, 'cache');
    const { DART_SDK: _, FLUTTER_ROOT: __, DART_VM_EMULATE: ___, ...given } = process.env;
    const env = {
      ...given,
      // No dart and no flutter: the programs of the system, and this Node.js.
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      HOME: home,
      XDG_CACHE_HOME: cache,
      FLUTTER_STORAGE_BASE_URL: archive.origin,
    };
    const start = join(root, 'bench/first-run.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, [start], { env });
    const dart = join(cache, 'create-lambda-hello/dart-sdk', `${VERSION}-${target}`, 'bin/dart');
    expect(existsSync(dart)).toBe(true);
    expect(stdout).toContain(`Dart ${VERSION} (${dart})`);
    expect(stdout).toContain('GET /hello -> 200');
    expect(stdout).toContain('{"message":"Hello Ada from AWS Lambda!!"}');
  });
});
