/** Commands that only ask something, and what their answers say. */

import type { Command, Exit, Run } from './command.ts';

export function npmVersion(cwd: string): Command {
  return { tool: 'npm', args: ['--version'], cwd };
}

/** Whether the installed osls is one that package.json allows: npm compares versions itself. */
export function npmListOsls(root: string): Command {
  return { tool: 'npm', args: ['ls', 'osls', '--depth=0', '--json'], cwd: root };
}

export function makeVersion(cwd: string): Command {
  return { tool: 'make', args: ['--version'], cwd };
}

/** Who listens on a TCP port; undefined where the system has no command that is quick to tell. */
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

/** `node (process 123)`, from what {@link portOwner}'s command printed; undefined when it does not say. */
export function parsePortOwner(output: string): string | undefined {
  // ss: users:(("node",pid=123,fd=20))   lsof: p123 and cnode, a line each
  const ss = /users:\(\("([^"]+)",pid=(\d+)/.exec(output);
  if (ss) return `${ss[1]} (process ${ss[2]})`;
  const pid = /^p(\d+)$/m.exec(output)?.[1];
  const name = /^c(.+)$/m.exec(output)?.[1];
  return pid !== undefined && name !== undefined ? `${name} (process ${pid})` : undefined;
}

/** Runs a command for what it prints, and ends it when the signal says so. */
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
