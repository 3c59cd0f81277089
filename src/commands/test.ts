import type { Context } from '../context.ts';
import { ToolError } from '../errors.ts';
import { findService } from '../service-folder/folder.ts';
import { dartTest } from '../tools/dart/commands.ts';
import { requireDart } from '../tools/dart/find.ts';
import { runInForeground } from '../tools/foreground.ts';
import { commandNotStarted } from '../tools/messages.ts';
import { testsFailed } from './messages.ts';

/**
 * Runs the Dart tests of the service in the current folder.
 *
 * @param options for `dart test`
 * @throws ToolError with the exit code of `dart test`
 */
export async function test(context: Context, options: readonly string[]): Promise<void> {
  const { root } = findService(context.cwd);
  const command = dartTest(await requireDart(context, root), root, options);
  const shown = { ...command, tool: 'dart' };
  const { code, startError } = await runInForeground(context, command, {
    output: 'inherit',
    shown,
  });
  if (code === 0) return;
  throw startError === undefined
    ? new ToolError(testsFailed(), undefined, code ?? 1)
    : new ToolError(
        commandNotStarted({ command: 'dart', code: startError }),
        'create-lambda-hello doctor',
        1,
      );
}
