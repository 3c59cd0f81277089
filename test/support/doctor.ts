import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach } from 'vitest';
import { type DoctorFlags, doctor } from '../../src/commands/doctor/doctor.ts';
import type { UserError } from '../../src/errors.ts';
import { thisMachine } from '../../src/tools/machine.ts';
import { run } from '../../src/tools/run.ts';
import { create } from './commands.ts';
import { scripted } from './context.ts';
import { temporaryFolder, writeTree } from './folders.ts';

/** New for each test: the home folder, and that of a service in it. */
export let folder: string;
export let root: string;
beforeEach(() => {
  folder = temporaryFolder();
  root = join(folder, 'shop');
});

/** Writes the service. */
export const makeService = () => create(scripted({ cwd: folder }).context, 'shop', { git: false });

/** What the service is told to have, and what node_modules has. */
export function install(version: string, wanted = version): void {
  writeTree(root, {
    'package.json': JSON.stringify({ devDependencies: { osls: wanted } }),
    'node_modules/osls/package.json': JSON.stringify({ name: 'osls', version }),
  });
}

/** A program that is on PATH. */
export function program(name: string, script: string): void {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeTree(folder, { [`bin/${name}`]: `#!/bin/sh\n${script}\n` });
  chmodSync(join(folder, 'bin', name), 0o755);
}

/** The command with real programs; the folder `bin` stands for what else there is on PATH. */
export async function runDoctor(flags: DoctorFlags = {}, cwd = root) {
  const { context, results, notes } = scripted({
    cwd,
    env: { PATH: join(folder, 'bin'), HOME: folder },
  });
  const real = { ...context, run: async (...args: Parameters<typeof run>) => run(...args) };
  const ended = doctor(real, flags, {
    ...thisMachine(),
    portProblem: async () => undefined,
    reach: async () => ({ status: 200, proxy: undefined }),
  });
  const error = await ended.then(
    () => undefined,
    (thrown: unknown) => thrown as UserError,
  );
  return { error, output: results.join('\n'), results, notes };
}
