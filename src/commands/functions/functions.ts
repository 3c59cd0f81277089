import { join } from 'node:path';
import type { ListedFunction } from '../../api-types.ts';
import { formatPlace, requireConsistency, withPlace } from '../../consistency/report.ts';
import type { Context } from '../../context.ts';
import { withHint } from '../../errors.ts';
import type { Flags } from '../../options/option.ts';
import type { functionsOptions } from '../../options/shared.ts';
import { oslsErrors } from '../../serverless-yml/osls/findings.ts';
import { readService } from '../../service-folder/read.ts';
import { formatTable } from '../../ui/report.ts';
import { functionsOf } from './list.ts';

/**
 * Lists all functions of the service in the current folder, with what calls them.
 *
 * @throws UserError when serverless.yml and the Dart files are inconsistent
 */
export async function functions(
  context: Context,
  flags: Flags<typeof functionsOptions>,
): Promise<void> {
  const { out } = context;
  const read = await readService(context, flags);
  const { root, file, warnings, configuration } = read;
  for (const warning of warnings) out.detail(`${file}: ${warning}`);
  for (const { problem } of oslsErrors(configuration)) out.warn(withHint(problem));
  const listed = await functionsOf(read);
  const { problems, notes } = listed;
  if (flags.json) {
    out.result(JSON.stringify(listed, undefined, 2));
  } else {
    out.result(formatTable(listed.functions.flatMap(rowsOf)));
    for (const note of notes) out.note(`note: ${withPlace(note)}`);
    for (const problem of problems) out.warn(withPlace(problem));
  }
  requireConsistency(problems, join(root, file), 'create-lambda-hello functions');
}

/** Makes the rows of a function: one for each event. */
function rowsOf({ function: key, handler, events, namedBy, ...place }: ListedFunction): string[][] {
  const texts = events.map(({ text }) => text);
  const named = namedBy.map((by) => `named by ${by}`);
  const [first = '-', ...more] = new Set([...texts, ...named]);
  return [[key, handler, formatPlace(place), first], ...more.map((text) => ['', '', '', text])];
}
