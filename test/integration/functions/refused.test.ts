import { describe, expect, it } from 'vitest';
import type { AddFunctionGiven } from '../../support/commands.ts';
import { failure } from '../../support/failure.ts';
import { readTree, temporaryFolder } from '../../support/folders.ts';
import { addIn } from '../../support/new-functions.ts';
import { writeService } from '../../support/service.ts';

const SQS = { event: 'sqs', queue: 'orders', create: true };
const PATTERN = { event: 'eventbridge', pattern: '{"source":["acme.orders"]}' };
const OTHER = 'arn:aws:sns:eu-west-1:123456789012:notices';

const cases: readonly (readonly [given: AddFunctionGiven, message: string, hint: string])[] = [
  [{}, 'say what calls the function', '--event sqs --queue orders --create'],
  [{ event: 'kafka' }, '--event: "kafka" is not one of sqs, ', '--event sqs'],
  [{ event: 'sqs' }, 'a function of sqs needs --queue.', '--queue orders'],
  [{ event: 'cognito', pool: 'a' }, 'a function of cognito needs', '--trigger PreSignUp'],
  [{ event: 'authorizer' }, 'a function of authorizer needs --type.', '--type token'],
  [
    { event: 'cognito', pool: 'a', trigger: 'CustomEmailSender' },
    'a function of cognito needs --kms-key.',
    '--kms-key <arn>',
  ],
  [{ ...SQS, topic: 'a' }, '--topic is for sns, not for sqs.', '--queue for sqs'],
  [{ event: 'sqs', queue: 'orders' }, 'serverless.yml has no queue "orders".', 'add --create'],
  [{ event: 'sqs', queue: OTHER }, `"${OTHER}" is no ARN of a queue.`, 'arn:aws:sqs:'],
  [{ ...SQS, queue: 'or.ders' }, '"or.ders" is no name of a queue.', 'letters, digits'],
  [{ ...SQS, queue: 'or ders' }, '--queue: it is not in that form.', '--queue orders'],
  [{ ...SQS, queue: '' }, '--queue: it is not in that form.', '--queue orders'],
  [{ event: 'sns', topic: 'a.fifo', create: true }, '"a.fifo" is no name of a topic.', 'letters'],
  [{ event: 's3', bucket: 'a..b' }, '--bucket: it is not in that form.', '--bucket acme-uploads'],
  [{ event: 's3', bucket: '10.0.0.1' }, '--bucket: it is not', '--bucket acme-uploads'],
  [{ event: 'schedule', rate: '10 minute' }, '--rate: it is a number', "--rate '10 minutes'"],
  [{ event: 'schedule', cron: '* * * * *' }, '--cron: it has six fields', '--cron'],
  [{ event: 'schedule', rate: '1 day', timezone: 'Mars' }, 'there is no such time zone.', ''],
  [{ event: 'schedule', rate: '1 day', create: true }, 'nothing for --create', 'leave out'],
  [{ ...PATTERN, pattern: '[]' }, '--pattern: a pattern is a JSON object.', '--pattern'],
  [{ ...PATTERN, pattern: '{"source":"a"}' }, 'source has one that is not', '--pattern'],
  [{ ...PATTERN, pattern: '{"sauce":["a"]}' }, 'events have no field sauce', '--pattern'],
  [{ ...PATTERN, create: true }, 'the default bus is there', 'leave out --create'],
  [{ ...PATTERN, bus: 'import:a', create: true }, '"import:a" is that of one', 'leave out'],
  [{ event: 'websocket', route: '$other' }, '--route: it is not', "--route '$default'"],
  [{ event: 'iot', sql: '' }, '--sql: it is not in that form.', '--sql'],
  [{ event: 's3', bucket: 'acme', payload: '{}' }, '--payload is for sqs, ', 'leave out --payload'],
];

describe('add-function', () => {
  it.each(cases)('refuses %j and writes nothing', async (given, message, hint) => {
    const cwd = writeService(temporaryFolder());
    const before = readTree(cwd);
    expect(await failure(addIn(cwd, 'onOrder', given))).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    });
    expect(readTree(cwd)).toEqual(before);
  });

  it('refuses the name of another function', async () => {
    const cwd = writeService(temporaryFolder());
    expect(await failure(addIn(cwd, 'hello', SQS))).toMatchObject({
      message: expect.stringContaining('the function hello exists already.'),
    });
  });

  it('refuses a service on the package, whose code is another', async () => {
    const cwd = writeService(temporaryFolder(), { runtime: 'package' });
    const before = readTree(cwd);
    const error = await failure(addIn(cwd, 'onOrder', SQS));
    expect(error.message).toContain('aws_lambda_dart_runtime');
    expect(readTree(cwd)).toEqual(before);
  });
});
