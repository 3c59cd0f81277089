// Reads and writes 1 MB of JSON by a generated model and by one that is written by hand without
// checks, by turns in one process of the Dart VM. Must reach: at most 1.3 times.

import { execFileSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireDart } from '../test/toolchain/fetch-dart-vm.mjs';
import { cli, machine, quantile, root, temporaryFolder } from './support.mjs';

const dart = await requireDart();
if (dart === null) throw new Error('there is no Dart');
const { folder, remove } = temporaryFolder();
const service = join(folder, 'hello');
/** @param {string} cwd @param {string[]} args */
const run = (cwd, ...args) =>
  execFileSync(process.execPath, [cli, ...args], { cwd, stdio: 'ignore' });
run(folder, 'hello', '--yes', '--no-git');

/** @param {number} id */
const order = (id) => ({
  id,
  placed_at: `2024-02-29T12:30:${String(id % 60).padStart(2, '0')}.000Z`,
  due: '2024-03-31',
  paid: id % 2 === 0,
  note: id % 3 === 0 ? null : `the note of ${id}`,
  customer: { name: 'Zoë', city: 'Zürich', zip: '8001' },
  items: [1, 2, 3].map((count) => ({ sku: `sku-${id}-${count}`, count, price: count * 1.25 })),
  tags: ['new', 'gift'],
  rates: { EUR: 1, USD: 1.08, JPY: 163.2 },
});
const sample = JSON.stringify({ orders: [order(1), order(3)] });
writeFileSync(join(service, 'sample.json'), sample);
run(service, 'add-endpoint', 'orders', '--method', 'POST', '--request', '@sample.json', '--yes');
const orders = Array.from({ length: 2600 }, (_, id) => order(id));
const text = JSON.stringify({ orders });
writeFileSync(join(service, 'orders.json'), text);
cpSync(join(root, 'bench/models'), join(service, 'bench'), { recursive: true });

const program = join(service, 'bench/main.dart');
const output = execFileSync(dart.dart, ['run', program], { cwd: service, encoding: 'utf8' });
/** @type {Record<string, number[]>} */
const times = JSON.parse(output.trim().split('\n').at(-1) ?? '');
console.log(machine());
console.log(`${(Buffer.byteLength(text) / 1e6).toFixed(2)} MB, medians of 60 rounds by turns`);
for (const task of ['read', 'write', 'fromJson', 'toJson']) {
  const [generated = 0, byHand = 0] = ['generated', 'by hand'].map(
    (which) => quantile(times[`${which} ${task}`] ?? [], 0.5) / 1000,
  );
  const ratio = (generated / byHand).toFixed(2);
  console.log(`${task}: ${generated.toFixed(1)} ms over ${byHand.toFixed(1)} ms, ${ratio} times`);
}
remove();
