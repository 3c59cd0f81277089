import { describe, expect, it } from 'vitest';
import { edited } from '../../src/plan/messages.ts';
import { newsOf } from '../../src/plan/upgrade.ts';
import { RECORD_FILE, readRecord } from '../../src/service/record.ts';
import { VERSION, versionRange } from '../../src/version.ts';
import { OLDER_TEMPLATES, olderService } from '../support/older-service.ts';
import { newService } from '../support/service.ts';
import { applied, planUpgradeOf as plan } from '../support/upgrade.ts';

const older = olderService(OLDER_TEMPLATES);

describe('an upgrade', () => {
  it('makes of an unedited service a new one', () => {
    const { changes, kept } = plan(older);
    expect(applied(older, changes)).toEqual(newService());
    expect(kept).toEqual([]);
    expect(changes.at(-1)?.path).toBe(RECORD_FILE);
  });

  it('is completed by the next one, wherever it was killed', () => {
    const { changes } = plan(older);
    expect(changes.length).toBeGreaterThan(6);
    for (let done = 0; done <= changes.length; done++) {
      const state = applied(older, changes.slice(0, done));
      expect(applied(state, plan(state).changes)).toEqual(newService());
    }
  });

  it.each([
    ['unedited', older],
    ['edited', { ...older, 'tool/programs.mjs': '// mine\n', 'lib/main.dart': '// mine\n' }],
    ['older than its record', { ...newService(), [RECORD_FILE]: '{"endpoints": {}}' }],
  ])('of a service that is %s changes nothing the second time', (_, files) => {
    const after = applied(files, plan(files).changes);
    expect(plan(after).changes).toEqual([]);
  });

  it('keeps what was edited, and what was deleted, but for what the runtime needs', () => {
    const { 'README.md': _, 'tool/dart-sdk.mjs': __, ...rest } = older;
    const files = {
      ...rest,
      'lib/runtime/headers.dart': '// mine\n',
      'lib/runtime/gone.dart': '1',
    };
    const { changes, kept } = plan(files);
    const after = applied(files, changes);
    expect(after['lib/runtime/headers.dart']).toBe('// mine\n');
    expect(after['lib/runtime/gone.dart']).toBe('1');
    expect(after).not.toHaveProperty('README.md');
    expect(after['tool/dart-sdk.mjs']).toBe(newService()['tool/dart-sdk.mjs']);
    expect(kept.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
      'lib/runtime/headers.dart: it was edited since',
      'lib/runtime/gone.dart: it was edited since, but nothing needs it any more',
    ]);
    expect(plan(after).kept.map(({ path }) => path)).toEqual(kept.map(({ path }) => path));
  });

  it('replaces edited files of the runtime when it is forced to, and no others', () => {
    const files = {
      ...older,
      'tool/programs.mjs': '// mine\n',
      'analysis_options.yaml': 'mine: 1\n',
    };
    const after = applied(files, plan(files, { force: true }).changes);
    expect(after).toEqual({
      ...newService(),
      'analysis_options.yaml': 'mine: 1\n',
      [RECORD_FILE]: after[RECORD_FILE],
    });
  });

  it('replaces the first program as a whole or not at all, as its files fit together', () => {
    const files = { ...older, 'lib/main.dart': `${older['lib/main.dart']}// mine\n` };
    const { changes, kept } = plan(files);
    expect(applied(files, changes)['lib/handlers/hello.dart']).toBe(
      older['lib/handlers/hello.dart'],
    );
    expect(kept.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
      'lib/handlers/hello.dart: what belongs to it was edited since',
      'lib/main.dart: it was edited since',
    ]);
  });

  it('names the version in a Makefile that was edited, and changes nothing else in it', () => {
    const files = { ...older, Makefile: `${older.Makefile}\nmine:\n\ttrue\n` };
    const { Makefile } = applied(files, plan(files).changes);
    expect(Makefile).toBe(`${newService().Makefile}\nmine:\n\ttrue\n`);
    expect(Makefile).toContain(`create-lambda-hello@${versionRange(VERSION)} dev`);
  });

  it('keeps the line endings of each file', () => {
    const windows = Object.fromEntries(
      Object.entries(older).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]),
    );
    const { changes, kept } = plan(windows);
    expect(kept).toEqual([]);
    expect(applied(windows, changes)['lib/runtime/headers.dart']).not.toMatch(/[^\r]\n/);
    expect(applied(windows, changes)[RECORD_FILE]).not.toMatch(/[^\r]\n/);
  });

  it('of a service without a record adds what is missing of the runtime, and records what is known', () => {
    const { [RECORD_FILE]: _, ...files } = older;
    const { changes, kept } = plan(files);
    expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'create lib/runtime/parameters.dart',
      'update Makefile',
      `create ${RECORD_FILE}`,
    ]);
    expect(kept.map(({ path }) => path)).toEqual(expect.arrayContaining(['tool/programs.mjs']));
    const after = applied(files, changes);
    expect(readRecord(after[RECORD_FILE]).made?.files).not.toHaveProperty('tool/programs.mjs');
  });

  it('raises pins when it is asked to', () => {
    const files = {
      ...older,
      'package.json': '{"devDependencies": {"osls": "^3.0.0", "x": "1.0.0"}}',
    };
    const { changes, pins } = plan(files, { pins: true });
    const [pin] = pins;
    expect(pin).toMatchObject({ name: 'osls', from: '^3.0.0' });
    expect(applied(files, changes)['package.json']).toBe(
      `{"devDependencies": {"osls": "${pin?.to}", "x": "1.0.0"}}`,
    );
    expect(applied(files, plan(files).changes)['package.json']).toBe(files['package.json']);
  });
});

describe('what is new in a file that was kept', () => {
  const path = 'tool/programs.mjs';
  const lines = (...names: string[]) => names.map((name) => `${name}\n`).join('');
  const base = lines('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i');
  const generated = base.replace('b\n', 'B\n');
  const file = { path, reason: edited(), generated, recorded: 'other' };

  it('is what this version has changed, beside what the user has', () => {
    const news = newsOf({ ...file, yours: base.replace('i\n', 'mine\n') }, base);
    expect(news?.diff).toContain('-b\n+B\n');
    expect(news?.diff).not.toContain('mine');
    expect(news?.yours).toContain('-i\n+mine\n');
  });

  it('is nothing once the user has taken it over, or where there is none', () => {
    expect(newsOf({ ...file, yours: generated.replace('i\n', 'mine\n') }, base)).toBeUndefined();
    expect(newsOf({ ...file, yours: 'mine\n' }, generated)).toBeUndefined();
  });

  it('is all that differs where nobody knows how the file was, of the runtime alone', () => {
    const yours = base.replace('i\n', 'mine\n');
    expect(newsOf({ ...file, yours }, undefined)?.diff).toContain('-mine\n+i\n');
    expect(newsOf({ ...file, path: 'lib/main.dart', yours }, undefined)).toBeUndefined();
  });
});
