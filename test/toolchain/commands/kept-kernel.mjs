// For `dart run` where kernels are kept: compiles a file and prints the path of its kernel, which
// stays, because bin/dart is the VM by the time when it is read.

import { createHash } from 'node:crypto';
import { mkdirSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { main } from './exit.mjs';
import { compileKernel } from './kernels.mjs';
import { commandLine } from './start-vm.mjs';

await main(async () => {
  const { vm, args } = commandLine(process.argv.slice(2));
  const [file = ''] = args;
  const folder = join(process.env.DART_VM_KERNELS ?? '', 'run');
  mkdirSync(folder, { recursive: true });
  const place = createHash('sha256').update(resolve(file)).digest('hex');
  const kernel = join(folder, `${place}.${process.pid}.dill`);
  const code = await compileKernel(vm, file, kernel);
  if (code !== 0) return code;
  // One a file, so that no run leaves one of its own.
  const kept = join(folder, `${place}.dill`);
  renameSync(kernel, kept);
  console.log(kept);
  return 0;
});
