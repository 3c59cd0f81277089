import { describe, expect, it } from 'vitest';
import { endLines, startLine } from '../../../src/local/lambda/platform-log.ts';
import { neededFor } from '../../../src/local/reload/needed.ts';
import { readServiceNotice } from '../../../src/local/reload/vm-service.ts';

const INPUTS = {
  entryPoints: ['lib/main.dart'],
  service: ['serverless.yml', 'functions.yml'],
  env: ['.env', '../x.env'],
};

describe('what changed files ask for', () => {
  const needed = (...changed: string[]) => {
    const { files: _files, ...rest } = neededFor(changed, INPUTS);
    return Object.entries(rest).flatMap(([name, value]) => (value ? [name] : []));
  };

  it.each([
    ['lib/handlers/hello.dart', ['reload']],
    ['lib/main.dart', ['restart', 'reload']],
    ['serverless.yml', ['service']],
    ['functions.yml', ['service']],
    ['other.yml', []],
    ['pubspec.yaml', ['packages', 'restart']],
    ['pubspec.lock', ['restart']],
    ['.env', ['service', 'restart']],
    ['../x.env', ['service', 'restart']],
    ['lib/handlers/sedXYZ', []],
    ['lib/data.json', []],
    ['lib/.hello.dart.swp', []],
  ])('are, after %s, %j', (file, expected) => {
    expect(needed(file)).toEqual(expected);
  });

  it('names only the files that matter, in order', () => {
    const { files } = neededFor(['lib/b.dart', 'lib/4913', 'lib/a.dart'], INPUTS);
    expect(files).toEqual(['lib/a.dart', 'lib/b.dart']);
  });
});

describe("Lambda's own log lines", () => {
  const facts = {
    requestId: 'id',
    duration: 1.234,
    initDuration: undefined,
    memorySize: 128,
    maxMemoryUsed: 40,
    endedBy: undefined,
  };

  it('are as Lambda writes them', () => {
    expect(startLine('id')).toBe('START RequestId: id Version: $LATEST');
    expect(endLines(facts)).toEqual([
      'END RequestId: id',
      'REPORT RequestId: id\tDuration: 1.23 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\t',
    ]);
  });

  it.each([
    [{ initDuration: 12.5 }, '\tInit Duration: 12.50 ms\t'],
    [{ endedBy: 'Sandbox.Timedout' }, '\tStatus: timeout\t'],
    [{ endedBy: 'Runtime.ExitError' }, '\tStatus: error\tError Type: Runtime.ExitError\t'],
  ])('tell of %o', (more, expected) => {
    expect(endLines({ ...facts, ...more })[1]).toContain(expected);
  });
});

describe('what dart run prints of the VM service', () => {
  it.each([
    [
      'The Dart VM service is listening on http://127.0.0.1:8181/yf3k=/',
      { hidden: true, url: 'http://127.0.0.1:8181/yf3k=/' },
    ],
    [
      'The Dart DevTools debugger and profiler is available at: http://127.0.0.1:9100?uri=x',
      { hidden: true },
    ],
    ['The Dart VM service is nice', { hidden: false }],
    ['hello', { hidden: false }],
  ])('is understood: %s', (line, expected) => {
    expect(readServiceNotice(line)).toEqual(expected);
  });
});
