import type { Context } from '../../context.ts';
import type { Result } from '../../doctor/check.ts';
import { examine } from '../../doctor/examine.ts';
import { CancelledError, UserError } from '../../errors.ts';
import type { Flags } from '../../options/option.ts';
import type { doctorOptions } from '../../options/shared.ts';
import { type Machine, thisMachine } from '../../tools/machine.ts';
import { cancelledReading } from '../../util/messages.ts';
import { checksFailed } from './messages.ts';
import { formatResults } from './report.ts';

export type DoctorFlags = Flags<typeof doctorOptions>;

/**
 * Checks everything that building, running and deploying need, and says how to fix what is
 * missing.
 */
export async function doctor(
  context: Context,
  flags: DoctorFlags,
  machine: Machine = thisMachine(),
): Promise<void> {
  const { cwd, env, run, signal, out } = context;
  const examined = examine({
    cwd,
    env,
    run,
    signal,
    machine,
    stage: flags.stage,
    region: flags.region,
    param: flags.param,
    profile: flags.awsProfile,
    connectAws: async (options) => (await import('../../aws/client.ts')).connectAws(options),
  });
  const results = await out.waitFor('Checking this machine', examined);
  if (signal.aborted) throw new CancelledError(cancelledReading());
  const failed = results.filter(({ status }) => status === 'fail');
  out.result(
    flags.json
      ? JSON.stringify({ ok: failed.length === 0, checks: results.map(withoutParts) }, null, 2)
      : formatResults(results, out.style, out.unicode && machine.terminal),
  );
  if (failed.length === 0) return;
  throw new UserError(
    checksFailed({
      number: failed.length,
      total: results.length,
      titles: failed.map(({ title }) => title).join(', '),
    }),
    'what the lines above say, then  create-lambda-hello doctor  again',
  );
}

const withoutParts = ({ parts: _parts, ...result }: Result): Result => result;
