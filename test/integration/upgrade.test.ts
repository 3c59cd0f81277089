import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addFunction } from '../../src/api.ts';
import { upgrade } from '../../src/commands/upgrade.ts';
import { checksum, RECORD_FILE, readRecord, writeRecord } from '../../src/service/record.ts';
import { run } from '../../src/tools/run.ts';
import { VERSION } from '../../src/version.ts';
import { addEndpoint } from '../support/commands.ts';
import { scripted } from '../support/context.ts';
import { readTree, temporaryFolder, writeTree } from '../support/folders.ts';
import { OLDER_TEMPLATES, olderService } from '../support/older-service.ts';
import { eventTypes, newService } from '../support/service.ts';

/** Writes a service of an earlier version. */
function writeOlder(templates = OLDER_TEMPLATES): string {
  const root = join(temporaryFolder(), 'shop');
  writeTree(root, olderService(templates));
  return root;
}

/** Runs it with the real git. */
async function upgradeIn(root: string, flags: Parameters<typeof upgrade>[1] = {}) {
  const { context, results, notes } = scripted({ cwd: root });
  await upgrade({ ...context, run: async (...given) => run(...given) }, flags);
  return { printed: results.join('\n'), notes: notes.join('\n') };
}

const git = (cwd: string, ...args: string[]) => {
  const user = ['-c', 'user.name=x', '-c', 'user.email=x@example.com'];
  return execFileSync('git', [...user, ...args], { cwd, encoding: 'utf8' });
};
function commitAll(root: string): void {
  git(root, 'init', '--quiet');
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', 'x');
}

const withoutGit = (tree: Record<string, string>) =>
  Object.fromEntries(Object.entries(tree).filter(([path]) => !path.startsWith('.git/')));

describe('upgrade', () => {
  it('brings an unedited service to this version, and says what it did', async () => {
    const root = writeOlder();
    const { printed, notes } = await upgradeIn(root);
    expect(readTree(root)).toEqual(newService());
    expect(printed.split('\n')).toEqual([
      'create  lib/runtime/parameters.dart',
      'update  lib/runtime/headers.dart',
      'update  tool/programs.mjs',
      'update  Makefile',
      'update  lib/handlers/hello.dart',
      'update  lib/main.dart',
      'delete  lib/runtime/gone.dart',
      `update  ${RECORD_FILE}`,
    ]);
    expect(notes).toContain(`Upgraded to ${VERSION}.`);
    expect((await upgradeIn(root)).printed).toBe('');
  });

  it('prints with --dry-run what it would change, as git applies it', async () => {
    const root = writeOlder();
    const before = readTree(root);
    const { printed, notes } = await upgradeIn(root, { dryRun: true });
    expect(readTree(root)).toEqual(before);
    expect(notes).toContain('Dry run: nothing was written.');
    git(root, 'init', '--quiet');
    writeFileSync(join(root, '../patch'), `${printed}\n`);
    git(root, 'apply', '../patch');
    expect(withoutGit(readTree(root))).toEqual(newService());
  });

  it('prints one JSON document', async () => {
    const root = writeOlder();
    writeTree(root, { 'tool/programs.mjs': '// mine\n' });
    const { printed } = await upgradeIn(root, { json: true, dryRun: true });
    const { version, changes, kept, pins, diff } = JSON.parse(printed);
    expect(version).toEqual({ from: '0.0.9', to: VERSION });
    expect(changes).toContainEqual({ kind: 'create', path: 'lib/runtime/parameters.dart' });
    expect(kept).toEqual([
      {
        path: 'tool/programs.mjs',
        reason: 'it was edited since',
        diff: expect.stringContaining('-// mine\n'),
      },
    ]);
    expect(pins).toEqual([]);
    expect(diff).toContain('+++ b/lib/runtime/parameters.dart');
    expect(JSON.parse((await upgradeIn(root, { json: true })).printed).changes).toEqual(changes);
  });

  it('shows beside what is new what the user has changed, by what git has', async () => {
    const generated = newService()['tool/programs.mjs'] ?? '';
    const was = generated.replace('/** The folders of PATH', '/** The old folders of PATH');
    const root = writeOlder({ 'tool/programs.mjs': was });
    commitAll(root);
    const mine = was.replace('const ANSWER_LIMIT = 5000;', 'const ANSWER_LIMIT = 9000;');
    writeTree(root, { 'tool/programs.mjs': mine });
    commitAll(root);
    const { notes } = await upgradeIn(root);
    expect(readTree(root)['tool/programs.mjs']).toBe(mine);
    expect(notes).toContain('warning: tool/programs.mjs was kept: it was edited since\n');
    const [yours = '', news = ''] = notes.split('What is new in it:');
    expect(yours).toContain('+const ANSWER_LIMIT = 9000;\n');
    expect(news).toContain('+/** The folders of PATH');
    expect(news).not.toContain('9000');

    const merged = generated.replace('const ANSWER_LIMIT = 5000;', 'const ANSWER_LIMIT = 9000;');
    writeTree(root, { 'tool/programs.mjs': merged });
    expect((await upgradeIn(root)).notes).not.toContain('tool/programs.mjs');
  });

  it('keeps the endpoints that were added, and what is recorded of them', async () => {
    const root = writeOlder();
    const add = () =>
      addEndpoint(scripted({ cwd: root }).context, 'getOrder', {
        path: '/orders/{id:int}',
        yes: true,
      });
    await expect(add()).rejects.toThrow(/^lib\/runtime\/\S+ is (missing|older)/);
    await upgradeIn(root);
    await add();
    const before = readTree(root);
    await upgradeIn(root);
    expect(readTree(root)).toEqual(before);
    expect(JSON.parse(before[RECORD_FILE] ?? '').endpoints).toHaveProperty('getOrder');
  });

  it('brings the files of the event library that a function has, and what they import', async () => {
    const root = writeOlder();
    const record = readRecord(readTree(root)[RECORD_FILE]);
    const sqs = 'lib/runtime/events/sqs.dart';
    const old = '// The queue of an earlier version.\n';
    const endpoints = new Map([['onOrder', { [sqs]: checksum(old) }]]);
    writeTree(root, { [sqs]: old, [RECORD_FILE]: writeRecord({ ...record, endpoints }) ?? '' });
    const { printed, notes } = await upgradeIn(root);
    expect(printed).toContain(`update  ${sqs}`);
    expect(printed).toContain('create  lib/runtime/events/batch.dart');
    expect(notes).not.toContain('was kept');
    const files = readTree(root);
    const names = ['sqs', 'batch', 'event_json'].map((name) => `lib/runtime/events/${name}.dart`);
    expect(Object.keys(files).filter((path) => path.includes('/events/'))).toEqual(names.sort());
    for (const path of names) expect(files[path]).toBe(eventTypes()[path]);
    const recorded = readRecord(files[RECORD_FILE]).endpoints.get('onOrder') ?? {};
    expect(Object.keys(recorded).sort()).toEqual(names);
    expect((await upgradeIn(root)).printed).toBe('');
  });

  it('changes nothing right after a function was added', async () => {
    const root = join(temporaryFolder(), 'shop');
    writeTree(root, newService());
    const queue = { queue: 'orders', create: true };
    await addFunction({ directory: root, name: 'onOrder', event: 'sqs', ...queue });
    const before = readTree(root);
    expect(before).toHaveProperty(['lib/runtime/events/sqs.dart']);
    expect((await upgradeIn(root)).printed).toBe('');
    expect(readTree(root)).toEqual(before);
  });

  it('keeps files of the event library that were copied by hand, and shows what is new', async () => {
    const root = writeOlder();
    const [sqs, batch] = ['lib/runtime/events/sqs.dart', 'lib/runtime/events/batch.dart'] as const;
    writeTree(root, { ...eventTypes(), [sqs]: `// mine\n${eventTypes()[sqs]}` });
    const { notes } = await upgradeIn(root);
    expect(notes).toContain(`${sqs} was kept: no record says whether it was edited\n`);
    expect(notes).toContain('-// mine\n');
    expect(notes).not.toContain(batch);
    expect(readTree(root)[sqs]).toMatch(/^\/\/ mine/);
    await upgradeIn(root, { force: true });
    expect(readTree(root)).toMatchObject(eventTypes());
  });

  it('keeps a file that it no longer has while a handler imports it', async () => {
    const root = writeOlder();
    const handler = 'lib/handlers/mine.dart';
    writeTree(root, { [handler]: "import '../runtime/gone.dart';\n" });
    const { notes } = await upgradeIn(root);
    expect(notes).toContain(`lib/runtime/gone.dart was kept: ${handler} imports it`);
    writeTree(root, { [handler]: '' });
    expect((await upgradeIn(root)).printed).toContain('delete  lib/runtime/gone.dart');
  });

  it('tells of pins, and raises them when it is asked to', async () => {
    const old = newService()['package.json']?.replace(/"osls": ".*"/, '"osls": "4.0.0"');
    const root = writeOlder({ 'package.json': old });
    expect((await upgradeIn(root)).notes).toMatch(
      /package\.json has osls 4\.0\.0; --pins raises it/,
    );
    expect(readTree(root)['package.json']).toBe(old);
    expect((await upgradeIn(root, { pins: true })).notes).toContain('Install it:  npm install');
    expect(readTree(root)).toEqual(newService());
  });

  it.each([
    ['a later version', '99.0.0', 'made by create-lambda-hello 99.0.0'],
    ['nothing that it knows', 'x"', 'is not in the form that create-lambda-hello wrote'],
  ])('refuses a service of %s', async (_, version, message) => {
    const root = writeOlder();
    const record = readTree(root)[RECORD_FILE]?.replace('0.0.9', version) ?? '';
    writeTree(root, { [RECORD_FILE]: record });
    const before = readTree(root);
    await expect(upgradeIn(root)).rejects.toThrow(message);
    expect(readTree(root)).toEqual(before);
  });

  it.each(['../outside', 'tool/../../outside', '/etc/hostname'])(
    'refuses a record that leads out of the service: %s',
    async (path) => {
      const root = writeOlder();
      writeTree(root, { '../outside': 'mine' });
      const record = JSON.parse(readTree(root)[RECORD_FILE] ?? '');
      record.generated[path] = 'x';
      writeTree(root, { [RECORD_FILE]: JSON.stringify(record) });
      await expect(upgradeIn(root)).rejects.toThrow('is not in the form');
    },
  );

  it('follows no link', async () => {
    const root = writeOlder();
    const outside = temporaryFolder();
    writeTree(outside, { 'parameters.dart': 'mine' });
    symlinkSync(join(outside, 'not-there'), join(root, 'lib/runtime/parameters.dart'));
    await expect(upgradeIn(root)).rejects.toThrow('is a link, and links are not followed');
    expect(readTree(outside)).toEqual({ 'parameters.dart': 'mine' });
  });
});
