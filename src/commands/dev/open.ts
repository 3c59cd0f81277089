import type { Context } from '../../context.ts';
import { andTry } from '../../message.ts';
import { noBrowser } from './messages.ts';

/** The programs that open a URL in the browser, where it is not a program of the system's own. */
const OPENERS: Readonly<Record<string, readonly [tool: string, ...args: string[]]>> = {
  darwin: ['open'],
  win32: ['explorer.exe'],
};

/** Opens a page in the browser; says where it is if that fails. */
export async function openInBrowser(
  { cwd, run, out }: Pick<Context, 'cwd' | 'run' | 'out'>,
  url: string,
): Promise<void> {
  const [tool, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  // What browsers print is of no use here.
  const opening = await run({ tool, args: [...args, url], cwd }, { output: () => {} });
  const { code, startError } = await opening.exited;
  // explorer.exe ends with 1 when all is well.
  const failed = startError !== undefined || (code !== 0 && process.platform !== 'win32');
  if (failed) out.warn(andTry(noBrowser(), url));
}
