import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './folders.ts';

const cli = fileURLToPath(new URL('../../bin/create-lambda-hello.cjs', import.meta.url));

/** The machine that the command takes this one for: tests serve an SDK for Linux on x64. */
const AS_LINUX =
  "data:text/javascript,Object.defineProperties(process,{platform:{value:'linux'},arch:{value:'x64'}})";

/** Starts `install-dart` as it was built, with an environment of its own. */
export function startCli(args: readonly string[], env: Record<string, string>) {
  return spawn(process.execPath, ['--import', AS_LINUX, cli, 'install-dart', ...args], {
    env: { PATH: process.env.PATH, XDG_CACHE_HOME: join(temporaryFolder(), 'cache'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs `install-dart` to its end. */
export async function runCli(args: readonly string[], env: Record<string, string>) {
  const child = startCli(args, env);
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const streams = [child.stdout, child.stderr].map((stream) => text(stream));
  const [stdout = '', stderr = ''] = await Promise.all(streams);
  return { code: (await exited)[0], stdout, stderr };
}
