import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ToolError, UserError } from '../errors.ts';
import type { Env } from '../util/env.ts';
import { recordOf } from '../util/json.ts';
import { type Command, type Exit, formatCommand } from './command.ts';
import { type Foreground, type Host, howItFailed, runInForeground } from './foreground.ts';
import * as messages from './messages.ts';
import { requireOsls } from './osls.ts';

/** The options of every osls command. */
export interface ServerlessOptions {
  readonly stage?: string | undefined;
  readonly region?: string | undefined;
  readonly awsProfile?: string | undefined;
  /** Each is `name=value`. */
  readonly param?: readonly string[] | undefined;
}

/** Returns the arguments of `npx serverless` for a command of osls. */
export function serverlessArgs(
  words: readonly string[],
  { stage, region, awsProfile, param = [] }: ServerlessOptions,
): string[] {
  // As one word each, or a value that starts with a hyphen would be read as an option.
  const given = { stage, region, 'aws-profile': awsProfile };
  const params = param.map((value) => ['param', value] as const);
  const options = [...Object.entries(given), ...params].flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  );
  return [...words, ...options];
}

/**
 * Returns the command that `npx serverless` runs, which saves the half second that npx takes.
 *
 * @param packageJson of osls
 */
async function serverlessCommand(
  packageJson: string,
  root: string,
  args: readonly string[],
): Promise<Command> {
  const content = recordOf(JSON.parse(await readFile(packageJson, 'utf8')));
  const bin = recordOf(content.bin).serverless;
  if (typeof bin !== 'string') {
    const path = packageJson;
    throw new UserError(messages.oslsWithoutCommand({ path }), 'npm install --save-dev osls@4');
  }
  const program = join(dirname(packageJson), bin);
  return { tool: process.execPath, args: [program, ...args], cwd: root };
}

export interface ServerlessRun {
  /** The service's folder. */
  readonly root: string;
  readonly args: readonly string[];
  readonly output: Foreground['output'];
}

/**
 * Runs a command of osls, after it has installed osls where that is missing, and waits for its end,
 * even when it is interrupted.
 *
 * @throws CancelledError when it was interrupted before its start; InterruptedError afterwards
 * @throws ToolError with its exit code when it failed
 */
export async function runServerless(
  host: Host & { readonly env: Env },
  { root, args, output }: ServerlessRun,
): Promise<void> {
  const command = await serverlessCommand(await requireOsls(host, root), root, args);
  const exit = await runInForeground(host, command, { output, shown: asTyped(root, args) });
  throwIfFailed(exit, args);
}

function throwIfFailed(exit: Exit, args: readonly string[]): void {
  if (exit.code === 0) return;
  const verbose = formatCommand(asTyped('.', [...args, '--verbose']));
  throw new ToolError(
    howItFailed(`serverless ${args[0]}`, exit),
    `correct that, then run the same command again; ${verbose}  says more`,
    exit.code ?? 1,
  );
}

const asTyped = (cwd: string, args: readonly string[]): Command => ({
  tool: 'npx',
  args: ['serverless', ...args],
  cwd,
});
