import { UsageError } from '../../errors.ts';
import { notTogether } from '../../options/messages.ts';
import { flagOf } from '../../options/option.ts';
import { onlyWithStage } from './messages.ts';
import type { InvokeFlags } from './options.ts';

/** Mutually exclusive options: at most one of each row. */
const EXCLUSIVE: readonly (readonly (keyof InvokeFlags)[])[] = [
  ['data', 'dataFile', 'event'],
  ['data', 'payload'],
  ['dataFile', 'payload'],
  ['data', 'path'],
  ['data', 'method'],
  ['dataFile', 'path'],
  ['dataFile', 'method'],
  ['port', 'stage'],
];

/** Options that have no meaning without `--stage`. */
const OF_DEPLOYED = ['region', 'awsProfile'] as const;

/**
 * Checks that the options can be combined.
 *
 * @throws UsageError
 */
export function checkInvokeFlags(flags: InvokeFlags): void {
  for (const row of EXCLUSIVE) {
    const [first, second] = row.filter((name) => flags[name] !== undefined);
    if (first === undefined || second === undefined) continue;
    throw new UsageError(
      notTogether({ option: flagOf(first), otherOption: flagOf(second) }),
      'create-lambda-hello invoke --help',
    );
  }
  const alone = OF_DEPLOYED.find((name) => flags[name] !== undefined);
  if (alone !== undefined && flags.stage === undefined) {
    throw new UsageError(onlyWithStage({ option: flagOf(alone) }), '--stage dev');
  }
}
