// Reads a field of a batch of SQS messages, as large as Lambda sends one, by its class. Must reach:
// under 5 % of what json.decode takes. Then compiles a service with and without the files of all
// events, which it does not use. Must reach: the same size.

import { execFileSync } from 'node:child_process';
import { cpSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dartService, machine, quantile, root, saveResults } from './support.mjs';

const { service, env, dart, remove } = await dartService();
/** @param {string[]} args */
const run = (...args) => execFileSync('dart', args, { cwd: service, env, encoding: 'utf8' });

/** The size of the service's compiled code, without its symbols. */
function compiledSize() {
  const kernel = join(service, 'main.dill');
  run('compile', 'kernel', '-o', kernel, 'lib/main.dart');
  return statSync(kernel).size;
}
const without = compiledSize();
cpSync(join(root, 'templates/event-types/lib'), join(service, 'lib'), { recursive: true });
const withUnused = compiledSize();

/** @param {number} id */
const message = (id) => ({
  messageId: `059f36b4-87a3-44ab-83d2-${String(id).padStart(12, '0')}`,
  receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a'.repeat(4),
  body: JSON.stringify({ id, note: `the note of ${id}`, tags: ['new', 'gift'] }),
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '1545082649183',
    SenderId: 'AIDAIENQZJOLO23YVJ4VO',
    ApproximateFirstReceiveTimestamp: '1545082649185',
  },
  messageAttributes: {},
  md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:us-east-2:123456789012:my-queue',
  awsRegion: 'us-east-2',
});
// The most that a batch of a standard queue holds are 10,000 messages, and 6 MB.
const batch = JSON.stringify({ Records: Array.from({ length: 9_400 }, (_, id) => message(id)) });
writeFileSync(join(service, 'batch.json'), batch);
cpSync(join(root, 'bench/events'), join(service, 'bench'), { recursive: true });
const output = run('run', join(service, 'bench/main.dart'));
/** @type {Record<string, number[]>} */
const times = JSON.parse(output.trim().split('\n').at(-1) ?? '');
remove();

const median = (/** @type {string} */ name) => quantile(times[name] ?? [], 0.5) / 1000;
const percent = (100 * median('one field')) / median('decode');
console.log(machine());
console.log(`${(Buffer.byteLength(batch) / 1e6).toFixed(2)} MB, medians of 40 rounds by turns`);
for (const name of Object.keys(times)) console.log(`${name}: ${median(name).toFixed(2)} ms`);
console.log(`the class and one field: ${percent.toFixed(2)} % of json.decode`);
console.log(`the kernel without and with unused events: ${without} and ${withUnused} bytes`);
saveResults('events', dart, [
  {
    megabytes: Number((Buffer.byteLength(batch) / 1e6).toFixed(2)),
    decodeMs: Number(median('decode').toFixed(2)),
    oneFieldMs: Number(median('one field').toFixed(2)),
    everyBodyMs: Number(median('every body').toFixed(2)),
    percentOfDecode: Number(percent.toFixed(2)),
    kernelBytesWithout: without,
    kernelBytesWithUnused: withUnused,
  },
]);
