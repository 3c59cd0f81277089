import { describe, expect, it } from 'vitest';
import { RECORD_FILE } from '../../../src/service/record.ts';
import { failure } from '../../support/failure.ts';
import { readTree, temporaryFolder, writeTree } from '../../support/folders.ts';
import { addIn, removeIn } from '../../support/new-functions.ts';
import { append, edit } from '../../support/orders-service.ts';
import { writeService } from '../../support/service.ts';

const ORDERS = { event: 'sqs', queue: 'orders', create: true };
const EVENTS = 'lib/runtime/events/';
const eventFilesIn = (cwd: string) =>
  Object.keys(readTree(cwd)).filter((path) => path.startsWith(EVENTS));

describe('two functions of one service', () => {
  it.each([
    ['onOrder', 'onSameOrder'],
    ['onSameOrder', 'onOrder'],
  ])('share a queue, which goes with the last of them: %s first', async (first, last) => {
    const cwd = writeService(temporaryFolder());
    const before = readTree(cwd);
    await addIn(cwd, 'onOrder', ORDERS);
    await addIn(cwd, 'onSameOrder', { event: 'sqs', queue: 'OrdersQueue' });
    const notes = await removeIn(cwd, first);
    const yml = readTree(cwd)['serverless.yml'];
    expect(yml).toContain('OrdersQueue:\n');
    expect(yml).toContain('OrdersDeadLetterQueue:\n');
    if (first === 'onOrder') {
      expect(notes).toEqual([
        expect.stringMatching(
          /^warning: resources\.Resources\.OrdersQueue was kept: functions\.onSameOrder/,
        ),
        expect.stringContaining('OrdersDeadLetterQueue was kept'),
      ]);
    }
    await removeIn(cwd, last);
    if (first === 'onSameOrder') expect(readTree(cwd)).toEqual(before);
  });

  it('share a queue that both of them would make', async () => {
    const cwd = writeService(temporaryFolder());
    const before = readTree(cwd);
    await addIn(cwd, 'onOrder', ORDERS);
    await addIn(cwd, 'onOrderToo', ORDERS);
    expect(readTree(cwd)['serverless.yml']?.match(/ OrdersQueue:/g)).toHaveLength(1);
    expect(await removeIn(cwd, 'onOrder')).toEqual([
      'warning: resources.Resources.OrdersQueue was kept: functions.onOrderToo uses it',
      'warning: resources.Resources.OrdersDeadLetterQueue was kept: functions.onOrderToo uses it',
    ]);
    expect(await removeIn(cwd, 'onOrderToo')).toEqual([]);
    expect(readTree(cwd)).toEqual(before);
  });

  it('share files of the event library, which go with the last that needs them', async () => {
    const cwd = writeService(temporaryFolder());
    const before = readTree(cwd);
    await addIn(cwd, 'onOrder', ORDERS);
    await addIn(cwd, 'onClick', { event: 'kinesis', stream: 'clicks', create: true });
    const both = eventFilesIn(cwd);
    expect(both).toEqual(expect.arrayContaining([`${EVENTS}batch.dart`, `${EVENTS}sqs.dart`]));
    await removeIn(cwd, 'onOrder');
    expect(eventFilesIn(cwd)).toEqual(both.filter((path) => path !== `${EVENTS}sqs.dart`));
    await addIn(cwd, 'onOrder', ORDERS);
    await removeIn(cwd, 'onClick');
    expect(eventFilesIn(cwd)).not.toContain(`${EVENTS}kinesis.dart`);
    expect(eventFilesIn(cwd)).toContain(`${EVENTS}batch.dart`);
    await removeIn(cwd, 'onOrder');
    expect(readTree(cwd)).toEqual(before);
  });

  it('keep a file of the event library that code of the user imports', async () => {
    const cwd = writeService(temporaryFolder());
    await addIn(cwd, 'onOrder', ORDERS);
    edit(cwd, 'lib/handlers/hello.dart', /^/, "import '../runtime/events/sqs.dart';\n");
    const notes = await removeIn(cwd, 'onOrder');
    expect(notes).toContain(
      `warning: ${EVENTS}sqs.dart was kept: lib/handlers/hello.dart imports it`,
    );
    expect(eventFilesIn(cwd)).toContain(`${EVENTS}batch.dart`);
  });
});

describe('remove-function, where the user has edited', () => {
  it('keeps an edited handler, and removes it with --force', async () => {
    const cwd = writeService(temporaryFolder());
    const before = readTree(cwd);
    await addIn(cwd, 'onOrder', ORDERS);
    const added = readTree(cwd);
    append(cwd, 'lib/handlers/on_order.dart', '\n// Mine.\n');
    expect((await removeIn(cwd, 'onOrder'))[0]).toContain(
      'lib/handlers/on_order.dart was kept: it was edited since',
    );
    expect(readTree(cwd)['serverless.yml']).toBe(before['serverless.yml']);
    // The handler is adopted when the function is added again.
    expect((await addIn(cwd, 'onOrder', ORDERS)).notes).toContain(
      'lib/handlers/on_order.dart existed already and was not changed.',
    );
    expect(readTree(cwd)[RECORD_FILE]).toBe(added[RECORD_FILE]);
    await removeIn(cwd, 'onOrder', { force: true });
    expect(readTree(cwd)).toEqual(before);
  });

  it('keeps an edited resource, and removes it with --force', async () => {
    const cwd = writeService(temporaryFolder());
    const before = readTree(cwd);
    await addIn(cwd, 'onOrder', ORDERS);
    edit(cwd, 'serverless.yml', 'maxReceiveCount: 3', 'maxReceiveCount: 7');
    const edited = readTree(cwd);
    const notes = await removeIn(cwd, 'onOrder');
    expect(notes[0]).toBe('warning: resources.Resources.OrdersQueue was kept: it was edited since');
    expect(readTree(cwd)['serverless.yml']).toContain('maxReceiveCount: 7');
    const again = writeService(temporaryFolder());
    writeTree(again, { 'serverless.yml': edited['serverless.yml'] ?? '' });
    expect(await failure(addIn(again, 'onOther', ORDERS))).toMatchObject({
      message:
        'serverless.yml: the resource OrdersQueue exists with other content. Nothing was written.',
    });
    const forced = writeService(temporaryFolder());
    await addIn(forced, 'onOrder', ORDERS);
    edit(forced, 'serverless.yml', 'maxReceiveCount: 3', 'maxReceiveCount: 7');
    await removeIn(forced, 'onOrder', { force: true });
    expect(readTree(forced)).toEqual(before);
  });

  it.each([
    ['onOrder', ORDERS],
    ['onLetter', { event: 'ses' }],
    ['transform', { event: 'firehose' }],
  ])('takes all of it out when %s got another key', async (name, given) => {
    const cwd = writeService(temporaryFolder());
    const before = readTree(cwd);
    await addIn(cwd, name, given);
    edit(cwd, 'serverless.yml', `  ${name}:`, '  renamed:');
    expect(await failure(removeIn(cwd, name))).toMatchObject({
      message: `${name} is now renamed in serverless.yml. Nothing was written.`,
      hint: 'create-lambda-hello remove-function renamed',
    });
    expect(await removeIn(cwd, 'renamed')).toEqual([]);
    expect(readTree(cwd)).toEqual(before);
  });

  it('refuses where something else names the function', async () => {
    const cwd = writeService(temporaryFolder());
    await addIn(cwd, 'checkUser', { event: 'authorizer', type: 'token' });
    edit(
      cwd,
      'serverless.yml',
      'path: /hello\n',
      'path: /hello\n          authorizer: checkUser\n',
    );
    const before = readTree(cwd);
    expect(await failure(removeIn(cwd, 'checkUser'))).toMatchObject({
      message: expect.stringContaining(
        'the function checkUser is used by functions.hello.events.0.http.authorizer',
      ),
      hint: 'remove every use of it, then  create-lambda-hello remove-function checkUser',
    });
    expect(readTree(cwd)).toEqual(before);
  });

  it('refuses where a permission that was edited still names the function', async () => {
    const cwd = writeService(temporaryFolder());
    await addIn(cwd, 'onLetter', { event: 'ses', create: true });
    edit(cwd, 'serverless.yml', 'ses.amazonaws.com', 'sns.amazonaws.com');
    const before = readTree(cwd);
    expect((await failure(removeIn(cwd, 'onLetter'))).message).toContain(
      'is used by resources.Resources.OnLetterSesPermission.Properties.FunctionName',
    );
    expect(readTree(cwd)).toEqual(before);
    await removeIn(cwd, 'onLetter', { force: true });
  });
});
