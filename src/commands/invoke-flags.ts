import { UsageError } from '../errors.ts';
import type { ServerlessOptions } from '../tools/serverless.ts';

/** The command line of `invoke`, as it was given. */
export interface InvokeFlags extends ServerlessOptions {
  readonly data?: string;
  readonly dataFile?: string;
  readonly event?: string;
  readonly listEvents?: boolean;
  readonly path?: string;
  readonly method?: string;
  readonly local?: boolean;
  readonly port?: string;
  readonly clientContext?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** Options that exclude each other: of each row one at most. */
const EXCLUSIVE: readonly (readonly (keyof InvokeFlags)[])[] = [
  ['data', 'dataFile', 'event'],
  ['data', 'path'],
  ['data', 'method'],
  ['dataFile', 'path'],
  ['dataFile', 'method'],
  ['local', 'stage'],
  ['port', 'stage'],
];

/** Options that mean nothing without `--stage`. */
const OF_DEPLOYED = ['region', 'awsProfile'] as const;

/** Checks that the options go together. Throws UsageError. */
export function checkInvokeFlags(flags: InvokeFlags): void {
  for (const row of EXCLUSIVE) {
    const [first, second] = row.filter((name) => flags[name] !== undefined);
    if (first === undefined || second === undefined) continue;
    throw new UsageError(
      `${optionOf(first)} and ${optionOf(second)} exclude each other.`,
      'create-lambda-hello invoke --help',
    );
  }
  const alone = OF_DEPLOYED.find((name) => flags[name] !== undefined);
  if (alone !== undefined && flags.stage === undefined) {
    throw new UsageError(
      `${optionOf(alone)} is for a deployed function, which --stage names.`,
      '--stage dev',
    );
  }
}

/** The number of `--port`. Throws UsageError. */
export function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--port: "${text}" is not a port, 1 to 65535.`, '--port 3000');
}

/** `dataFile` as the user writes it: `--data-file`. */
function optionOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
