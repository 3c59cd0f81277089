import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { addFunction } from '../../../src/commands/add-function/steps.ts';
import { addFunction as addAsTyped, listed } from '../../support/commands.ts';
import { scripted } from '../../support/context.ts';
import { failure } from '../../support/failure.ts';
import { readTree, temporaryFolder, writeTree } from '../../support/folders.ts';
import { addIn, removeIn } from '../../support/new-functions.ts';
import { edit } from '../../support/orders-service.ts';
import { writeService } from '../../support/service.ts';

const ORDERS = { event: 'sqs', queue: 'orders', payload: '{"id": 7}', create: true };
const UPLOADS = { event: 's3', bucket: 'acme-uploads', create: true };
const LOOP = `import 'handlers/hello.dart';
import 'handlers/post_request.dart';
import 'runtime/runtime.dart';

void main() {
  final runtime = Runtime();
  {
    'main.hello': helloApiGateway,
    'main.postRequest': postApiGateway,
  }.forEach(runtime.registerHandler);
  runtime.invoke();
}
`;

/** Runs add-function where it fails. */
async function failing(cwd: string, name: string, given: Parameters<typeof addIn>[2]) {
  const { context, results, notes } = scripted({ cwd });
  const error = await failure(addAsTyped(context, name, given));
  return { error, result: results.join('\n'), notes: notes.join('\n') };
}

describe('add-function --dry-run', () => {
  it('writes nothing, and prints a diff that makes the same changes', async () => {
    const cwd = writeService(temporaryFolder());
    const before = readTree(cwd);
    const { result, notes } = await addIn(cwd, 'onOrder', { ...ORDERS, dryRun: true });
    expect(notes).toEqual(['Dry run: nothing was written.']);
    expect(readTree(cwd)).toEqual(before);
    execFileSync('git', ['apply', '-'], { cwd, input: `${result}\n` });
    const patched = readTree(cwd);
    const other = writeService(temporaryFolder());
    await addIn(other, 'onOrder', ORDERS);
    expect(patched).toEqual(readTree(other));
  });
});

describe('add-function --json', () => {
  it('prints one document, the same as the API returns', async () => {
    const cwd = writeService(temporaryFolder());
    const { result } = await addIn(cwd, 'onOrder', { ...ORDERS, json: true });
    const document = JSON.parse(result);
    expect(document).toEqual({
      function: {
        function: 'onOrder',
        handler: 'main.onOrder',
        event: 'sqs',
        resources: ['OrdersQueue', 'OrdersDeadLetterQueue'],
      },
      changes: expect.arrayContaining([
        { kind: 'create', path: 'lib/handlers/on_order.dart' },
        { kind: 'update', path: 'serverless.yml' },
      ]),
      kept: [],
      left: [],
    });
    const root = writeService(temporaryFolder());
    const options = { directory: root, name: 'onOrder', ...ORDERS } as const;
    expect(await addFunction({ ...options, event: 'sqs' }, { cwd: '/', env: {} })).toEqual({
      ...document,
      warnings: [],
    });
    expect(readTree(root)).toEqual(readTree(cwd));
  });

  it('notes on standard error what is still to be done', async () => {
    const cwd = writeService(temporaryFolder());
    const { result, notes } = await addIn(cwd, 'onMail', { event: 'ses', json: true });
    expect(() => JSON.parse(result)).not.toThrow();
    expect(notes[1]).toMatch(/^Nothing calls onMail yet: name it in a receipt rule of SES/);
  });
});

describe('add-function, where a file cannot be edited', () => {
  it('writes nothing, and prints all that there is to paste', async () => {
    const cwd = writeService(temporaryFolder());
    writeTree(cwd, { 'lib/main.dart': LOOP });
    const before = readTree(cwd);
    const { error, result, notes } = await failing(cwd, 'onOrder', ORDERS);
    expect(error).toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('lib/main.dart: there is no  ..registerHandler'),
    });
    expect(result).toBe('');
    for (const text of [
      'serverless.yml, below functions:\n\n  onOrder:\n    handler: main.onOrder',
      'serverless.yml, below resources.Resources:\n\n    OrdersQueue:',
      "import 'handlers/on_order.dart';",
      'lib/handlers/on_order.dart, a new file:',
      'lib/runtime/events/sqs.dart, a new file:',
    ]) {
      expect(notes).toContain(text);
    }
    expect(readTree(cwd)).toEqual(before);
  });

  it('writes the rest with --partial, and removes it, pasted or not', async () => {
    const cwd = writeService(temporaryFolder());
    writeTree(cwd, { 'lib/main.dart': LOOP });
    const before = readTree(cwd);
    const { error, result, notes } = await failing(cwd, 'onOrder', { ...ORDERS, partial: true });
    expect(error.message).toContain('Everything else was written; ');
    expect(result).toContain('update  serverless.yml');
    expect(notes).toMatch(/Left to paste:\n\nlib\/main\.dart:\n/);
    expect(notes).not.toContain('OrdersQueue');
    expect(await removeIn(cwd, 'onOrder')).toEqual([]);
    expect(readTree(cwd)).toEqual(before);
  });

  it('works once the blocks for serverless.yml are pasted, and removes them', async () => {
    const cwd = writeService(temporaryFolder());
    edit(cwd, 'serverless.yml', 'functions:\n', 'functions: &all\n');
    const before = readTree(cwd);
    const { error, notes } = await failing(cwd, 'onUpload', { ...UPLOADS, partial: true });
    expect(error.exitCode).toBe(1);
    const [, fn = '', statement = ''] = notes.split(/serverless\.yml, below .*:\n\n/);
    edit(cwd, 'serverless.yml', /\n$/, `\n\n${fn}`);
    edit(
      cwd,
      'serverless.yml',
      '  name: aws\n',
      `  name: aws\n  iam:\n    role:\n      statements:\n${statement}`,
    );
    edit(cwd, 'serverless.yml', 'functions: &all\n', 'functions:\n');
    expect((await listed(cwd)).problems).toEqual([]);
    const pasted = writeService(temporaryFolder());
    await addIn(pasted, 'onUpload', UPLOADS);
    expect(readTree(cwd)['lib/main.dart']).toBe(readTree(pasted)['lib/main.dart']);
    expect(await removeIn(cwd, 'onUpload')).toEqual([]);
    const { 'serverless.yml': yml, ...others } = readTree(cwd);
    const { 'serverless.yml': _, ...were } = before;
    expect(others).toEqual(were);
    expect(yml).not.toMatch(/onUpload|GetObject/);
  });
});
