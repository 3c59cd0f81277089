import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { directoryArgument } from '../../src/commands/create/directory.ts';
import { createOptions } from '../../src/commands/create/options.ts';
import { InvalidValueError, UserError } from '../../src/errors.ts';
import { planCreateService } from '../../src/plan/create-service.ts';
import { dartPackageName } from '../../src/service/names.ts';
import { startedBy } from '../../src/service/package-manager.ts';
import { checksum, RECORD_FILE, readRecord } from '../../src/service/record.ts';
import type { ServiceSpec } from '../../src/service/service.ts';
import { loadTemplate } from '../../src/templates.ts';
import { formatCommand } from '../../src/tools/command.ts';
import { formatWords, quoteWord } from '../../src/util/shell-words.ts';
import { VERSION, versionRange } from '../../src/version.ts';
import { addEndpoint, create } from '../support/commands.ts';
import { scripted } from '../support/context.ts';
import { readTree, temporaryFolder } from '../support/folders.ts';
import {
  dollar,
  HOSTILE,
  hostile,
  mostly,
  seed,
  unlessRefused,
  variables,
  watchPrototypes,
} from '../support/injection.ts';
import { newService, writeService } from '../support/service.ts';

const TEMPLATE = { service: await loadTemplate('service'), shelf: await loadTemplate('shelf') };

watchPrototypes();

describe('create, given anything', () => {
  const answers = fc.record({
    // A word that YAML takes for a value has its own tests of names.
    directory: mostly('shop', 'my-shop', 'a/b/Shop2', '../x/New-Service', 'on', 'yes'),
    api: mostly('rest', 'http'),
    arch: mostly('arm64', 'x86_64'),
    region: mostly('eu-west-1', 'us-gov-west-1'),
    memory: mostly('128', '10240', '0512'),
    timeout: mostly('1', '900'),
    app: mostly('', 'shelf'),
    userAgent: mostly(
      'npm/10.0.0 node/v20',
      'pnpm/9.1.0',
      'yarn/1.22.0',
      'yarn/4.0.0',
      'bun/1.1.0',
    ),
  });
  const specOf = (given: Record<string, string>) => ({
    name: directoryArgument('/work').parse(given.directory ?? '').name,
    api: createOptions.api.parse(given.api),
    architecture: createOptions.arch.parse(given.arch),
    region: createOptions.region.parse(given.region),
    memory: createOptions.memory.parse(given.memory),
    timeout: createOptions.timeout.parse(given.timeout),
    ...(given.app === 'shelf' && { app: 'shelf' as const }),
    packageManager: startedBy(given.userAgent),
  });

  it('refuses it, or puts it where the template has a place for it and nowhere else', () => {
    let accepted = 0;
    const check = fc.property(answers, (given) => {
      const spec = unlessRefused(() => specOf(given));
      if (spec === undefined) return;
      accepted += 1;
      const files = planCreateService(spec, TEMPLATE[spec.app ?? 'service']);
      const texts = new Map(files.map(({ path, content }) => [path, content]));
      for (const path of Object.keys(spec.packageManager.files ?? {})) texts.delete(path);
      const { app } = spec;
      expect([...texts.keys()]).toEqual(Object.keys(newService(app && { app })));
      const record = readRecord(texts.get(RECORD_FILE)).made;
      texts.delete(RECORD_FILE);
      const dartPackage = dartPackageName(spec.name);
      expect(dartPackage).toMatch(/^[a-z][a-z0-9_]*$/);
      const { install, exec, dlx } = spec.packageManager;
      const event = spec.api === 'rest' ? 'http' : 'httpApi';
      const limit = spec.api === 'rest' ? '29' : '30';
      const { packageManager: _, ...answered } = spec;
      const recorded = { ...answered, install, exec, dlx };
      expect(record?.variables).toEqual(recorded);
      const version = versionRange(VERSION);
      const more = { event, integrationTimeout: limit, binary: app && spec.api === 'rest' };
      const places = { ...recorded, version, dartPackage, ...more };
      for (const [path, content] of texts) {
        expect(content).toBe(filledIn(path, places));
        expect(record?.files[path]).toBe(checksum(content));
      }
      checkServerlessYml(texts.get('serverless.yml') ?? '', spec, event);
    });
    fc.assert(check, { seed, numRuns: 400 });
    expect(accepted).toBeGreaterThan(80);
  }, 60_000);

  it.each(HOSTILE)('takes %j for no region, number or kind', (text) => {
    const { region, memory, timeout, api, arch } = createOptions;
    for (const option of [region, memory, timeout, api, arch]) {
      expect(() => option.parse(`${text}${text}`)).toThrow(InvalidValueError);
    }
    const named = unlessRefused(() => directoryArgument('/work').parse(`a${text}b`));
    if (named !== undefined) expect(named.name).toMatch(/^[a-zA-Z][0-9a-zA-Z-]+$/);
  });
});

const TEMPLATES = new URL('../../templates/', import.meta.url);

/** A file of the template, with nothing but its places filled in. */
function filledIn(path: string, places: Readonly<Record<string, unknown>>): string {
  const named = path.replace(/^\./, '_');
  const own = new URL(`shelf/${named}`, TEMPLATES);
  const isOwn = places.app === 'shelf' && existsSync(own);
  const raw = readFileSync(isOwn ? own : new URL(`service/${named}`, TEMPLATES), 'utf8');
  return path.endsWith('.mjs') ? raw : Handlebars.compile(raw, { noEscape: true })(places);
}

function checkServerlessYml(text: string, spec: ServiceSpec, event: string): void {
  const document = parseDocument(text);
  expect([...document.errors, ...document.warnings]).toEqual([]);
  const { api, app } = spec;
  const usual = newService({ api, ...(app && { app }) })['serverless.yml'] ?? '';
  expect(usual).toContain(event);
  const { provider, ...others } = parse(usual);
  const region = `${dollar}{opt:region, '${spec.region}'}`;
  const { architecture, memory: memorySize, timeout } = spec;
  expect(document.toJS()).toEqual({
    ...others,
    service: spec.name,
    provider: { ...provider, architecture, memorySize, timeout, region },
  });
  expect(variables(text)).toEqual([region, `${dollar}{opt:stage, 'dev'}`]);
}

/** The words that a shell makes of a line. */
const inShell = (line: string): string[] =>
  execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

describe('a command line that is shown', () => {
  /** No program can be given NUL, nor half of a character. */
  const words = fc.array(
    hostile.map((text) => text.replaceAll('\0', '').replace(/\p{Cs}/gu, '')),
    { maxLength: 8 },
  );
  it('gives a shell the very words', () => {
    const check = fc.property(words, (list) => {
      expect(inShell(formatWords(['x', ...list]))).toEqual(['x', ...list]);
      const command = { tool: 'npx', args: list, cwd: '/' };
      expect(inShell(formatCommand(command))).toEqual(['npx', ...list]);
    });
    fc.assert(check, { seed, numRuns: 150 });
  }, 60_000);

  it.each(HOSTILE.filter((text) => text !== '\0'))('gives a shell %j as one word', (text) => {
    expect(inShell(quoteWord(text))).toEqual([text]);
  });
});

describe('create, in a folder that cannot be', () => {
  it.each(['a\0b/shop', `${'x'.repeat(300)}/shop`])(
    'refuses %j with a message',
    async (directory) => {
      const cwd = temporaryFolder();
      const done = create(scripted({ cwd }).context, directory, { git: false });
      await expect(done).rejects.toThrow(/^cannot write to .*: the path /s);
      await expect(done).rejects.toBeInstanceOf(UserError);
      expect(readTree(cwd)).toEqual({});
    },
  );
});

describe('the line that does the same again', () => {
  const given = { api: 'rest', arch: 'arm64', region: 'eu-west-1', memory: '128', timeout: '10' };
  const flags = { ...given, git: false };
  /** What follows the program's name. */
  const words = (notes: readonly string[]): string[] => {
    const again = 'The same again: create-lambda-hello ';
    return inShell(notes.find((note) => note.startsWith(again))?.slice(again.length) ?? '');
  };

  const folderNames = HOSTILE.filter((text) => text !== '\0' && text.length < 200);
  it.each(folderNames)('names a folder with %j in its path', async (text) => {
    const cwd = temporaryFolder();
    const directory = `a${text}b/shop`;
    const answers = { 'Where should the service go?': directory };
    const { context, notes, results } = scripted({ cwd, answers });
    await create(context, undefined, flags);
    expect(words(notes)).toEqual([
      directory,
      ...Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]),
      '--no-git',
      '--yes',
    ]);
    const cd = /\nNext steps:\n {2}(cd [\s\S]*)\n {2}make dev /.exec(results.join('\n'))?.[1];
    execFileSync('sh', ['-c', `${cd} && test -f serverless.yml`], { cwd });
  });

  it.each(HOSTILE)('gives samples with %j in them', async (text) => {
    const cwd = writeService(temporaryFolder());
    const sample = JSON.stringify({ [`a${text}`]: text });
    const hint = '(JSON, @file.json, name:type,... or a model; empty for none)';
    const answers = {
      [`The body of a request? ${hint}`]: sample,
      [`The body of the response? ${hint}`]: ` ${sample}`,
    };
    const { context, notes } = scripted({ cwd, answers });
    await addEndpoint(context, 'getOrder', { method: 'POST', path: '/orders/{id:int}' });
    const route = ['--method', 'POST', '--path', '/orders/{id:int}'];
    const samples = ['--request', sample, '--response', ` ${sample}`];
    expect(words(notes)).toEqual(['add-endpoint', 'getOrder', ...route, ...samples, '--yes']);
  });
});
