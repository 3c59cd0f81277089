import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { loadTemplate } from '../templates.ts';
import { inQuotes } from '../util/text.ts';
import { noCompletion } from './messages.ts';

/** The shells with a completion script: the files of templates/completion/. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

/**
 * Prints the script that makes a shell complete the command.
 *
 * @throws UsageError when there is none for the shell
 */
export async function completion({ out }: Context, shell: string): Promise<void> {
  if (!(SHELLS as readonly string[]).includes(shell)) {
    throw new UsageError(
      noCompletion({ shell: inQuotes(shell) }),
      `create-lambda-hello completion ${SHELLS[0]}  (${SHELLS.slice(1).join(', ')})`,
    );
  }
  out.result((await loadTemplate('completion')).text(shell, {}).trimEnd());
}
