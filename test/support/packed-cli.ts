import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { expect, inject } from 'vitest';

/** The folder of `dart`; empty where there is none. */
export const dartBin = inject('dartBin');
/** The environment with Dart on PATH. */
export const env = {
  ...process.env,
  PATH: `${dartBin}${delimiter}${process.env.PATH}`,
  NO_COLOR: '1',
};

/** Runs the packed command and waits for its end. */
export function cli(cwd: string, ...args: string[]) {
  const options = { cwd, env, encoding: 'utf8' as const };
  const { status, stdout, stderr } = spawnSync(inject('cli'), args, options);
  return { status, stdout, stderr };
}

/** What it printed as its result, when it has not failed. */
export function succeed(result: ReturnType<typeof cli>): string {
  expect(result.status, result.stdout + result.stderr).toBe(0);
  return result.stdout;
}
