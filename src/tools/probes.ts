/* Builds commands that only query something, and parses their output. */

import type { Command, Exit, Run } from './command.ts';

export function npmVersion(cwd: string): Command {
  return { tool: 'npm', args: ['--version'], cwd };
}

/** Returns the command by which npm checks the installed osls against package.json. */
export function npmListOsls(root: string): Command {
  return { tool: 'npm', args: ['ls', 'osls', '--depth=0', '--json'], cwd: root };
}

export function makeVersion(cwd: string): Command {
  return { tool: 'make', args: ['--version'], cwd };
}

/** Returns the command that finds who listens on a TCP port; undefined where there is no quick one. */
export function portOwner(platform: string, port: number, cwd: string): Command | undefined {
  switch (platform) {
    case 'linux':
      return { tool: 'ss', args: ['-H', '-l', '-t', '-n', '-p', `sport = :${port}`], cwd };
    case 'darwin':
      return { tool: 'lsof', args: ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], cwd };
    default:
      return undefined;
  }
}

/** Reads `node (process 123)` from the output of {@link portOwner}; undefined where it is not there. */
export function parsePortOwner(output: string): string | undefined {
  // ss: users:(("node",pid=123,fd=20))   lsof: p123 and cnode, a line each
  const ss = /users:\(\("([^"]+)",pid=(\d+)/.exec(output);
  if (ss) return `${ss[1]} (process ${ss[2]})`;
  const pid = /^p(\d+)$/m.exec(output)?.[1];
  const name = /^c(.+)$/m.exec(output)?.[1];
  return pid !== undefined && name !== undefined ? `${name} (process ${pid})` : undefined;
}

/** Runs a command for its output, and kills it when the signal is aborted. */
export async function capture(run: Run, command: Command, signal: AbortSignal): Promise<Exit> {
  const running = await run(command, { output: 'capture', ownGroup: true });
  const kill = () => running.kill();
  signal.addEventListener('abort', kill, { once: true });
  if (signal.aborted) kill();
  try {
    return await running.exited;
  } finally {
    signal.removeEventListener('abort', kill);
  }
}
