import { UserError, withHint } from '../errors.ts';
import type { Message } from '../message.ts';
import type { OslsConfiguration } from '../serverless-yml/osls/finding.ts';
import { oslsFindings } from '../serverless-yml/osls/findings.ts';
import * as messages from './messages.ts';
import { oslsOf } from './osls.ts';

/**
 * Checks for errors of osls before anything is fetched or built for it. Anything less only leads
 * to a warning.
 *
 * @param builds whether osls is to compile as well
 * @throws UserError when osls is known to fail
 */
export async function preflight(
  { out }: { readonly out: { warn(text: Message): void } },
  root: string,
  configuration: OslsConfiguration,
  { builds }: { readonly builds: boolean },
): Promise<void> {
  const findings = oslsFindings(configuration, { builds, osls: await oslsOf(root) });
  for (const { severity, problem } of findings) {
    if (severity === 'warning') out.warn(withHint(problem));
  }
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return;
  if (errors.length === 1) throw first.problem;
  throw new UserError(
    messages.oslsWouldFail({
      number: errors.length,
      reasons: errors.map(({ problem }) => `  ${withHint(problem)}`).join('\n'),
    }),
    'what these say, then the same command again',
  );
}
