import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { lackIn, USED } from '../../../src/dart/endpoint/runtime-needs.ts';
import { loadDartParser } from '../../../src/dart/main/parser.ts';
import { addEndpoint } from '../../support/commands.ts';
import { scripted } from '../../support/context.ts';
import { failure } from '../../support/failure.ts';
import { readTree, temporaryFolder } from '../../support/folders.ts';
import { edit } from '../../support/orders-service.ts';
import { newService, writeService } from '../../support/service.ts';

const PARAMETERS = 'lib/runtime/parameters.dart';
const FIELDS = 'lib/runtime/json_fields.dart';
const TEXTS = 'lib/runtime/json_texts.dart';

/** A service whose runtime is that of before dates were read. */
function olderService(): string {
  const root = writeService(temporaryFolder());
  edit(root, PARAMETERS, 'DateTime date(', 'DateTime day(');
  edit(root, PARAMETERS, 'DateTime? dateTimeOrNull(', 'DateTime? timeOrNull(');
  return root;
}
const add = (cwd: string, flags: object) => addEndpoint(scripted({ cwd }).context, 'getDay', flags);

describe('add-endpoint, where lib/runtime/ is of an older version', () => {
  it.each([
    ['a date in the path', 'date', { path: '/days/{day:date}' }],
    ['a time in the query', 'dateTimeOrNull', { path: '/days', request: 'at:datetime?' }],
  ])('says so before it writes: %s', async (_what, name, flags) => {
    const root = olderService();
    const before = readTree(root);
    expect(await failure(add(root, flags))).toMatchObject({
      message: `${PARAMETERS} is older than the new code, which needs ${name} in its current form. Nothing was written.`,
      hint: 'create-lambda-hello upgrade',
      exitCode: 1,
    });
    expect(readTree(root)).toEqual(before);
  });

  it.each([
    ['method', FIELDS, 'DateTime date(', 'date', 'day:date'],
    ['function', TEXTS, 'DateTime asDate(', 'asDate', 'days:date[]'],
  ])('says so of a %s that bodies need', async (_kind, file, declaration, name, request) => {
    const root = writeService(temporaryFolder());
    edit(root, file, declaration, declaration.replace(/\(/, 'Of('));
    expect(await failure(add(root, { method: 'POST', path: '/days', request }))).toMatchObject({
      message: `${file} is older than the new code, which needs ${name} in its current form. Nothing was written.`,
    });
  });

  it('says so of a runtime that does not answer what a handler refuses', async () => {
    const root = writeService(temporaryFolder());
    rmSync(join(root, 'lib/runtime/http_problem.dart'));
    expect(await failure(add(root, { path: '/days/{day:date}' }))).toMatchObject({
      message: expect.stringContaining('lib/runtime/http_problem.dart is missing'),
      hint: 'create-lambda-hello upgrade',
    });
    // Without a parameter it refuses nothing.
    await add(root, { path: '/days' });
  });

  it('says so of an event that reads no body', async () => {
    const root = writeService(temporaryFolder());
    edit(root, 'lib/runtime/api_gateway_event.dart', 'T read<T>(', 'T take<T>(');
    expect(await failure(add(root, { method: 'POST', path: '/', request: 'a:int' }))).toMatchObject(
      { message: expect.stringContaining('which needs read in its current form') },
    );
  });

  it('says so of a file that models need', async () => {
    const root = writeService(temporaryFolder());
    rmSync(join(root, 'lib/runtime/json_model.dart'));
    expect(await failure(add(root, { method: 'POST', path: '/', request: 'a:int' }))).toMatchObject(
      {
        message: expect.stringContaining('lib/runtime/json_model.dart is missing'),
        hint: 'create-lambda-hello upgrade',
      },
    );
  });

  it.each([
    ['whole numbers', { path: '/days/{day:int}' }],
    ['nothing', { path: '/days' }],
    ['dates in a body', { method: 'POST', path: '/days', request: 'day:date,at:datetime' }],
  ])('adds what it can do: %s', async (_what, flags) => {
    const root = olderService();
    await add(root, flags);
    expect(readFileSync(join(root, 'lib/main.dart'), 'utf8')).toContain('main.getDay');
  });
});

describe('what generated code uses of lib/runtime/', () => {
  it('is declared there in a new service', async () => {
    const parser = await loadDartParser();
    const runtime = new Map(Object.entries(newService()));
    for (const name of Object.values(USED).flat()) {
      expect(lackIn([`final a = ${name};`], runtime, parser)).toBeUndefined();
    }
    const lack = lackIn(['final a = field(1, 2, 3);'], runtime, parser);
    expect(lack).toEqual({ path: FIELDS, name: 'field' });
  });
});
