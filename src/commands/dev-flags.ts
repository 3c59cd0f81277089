import { UsageError } from '../errors.ts';

/** The command line of `dev`, as it was given. */
export interface DevFlags {
  readonly port?: string;
  readonly host?: string;
  readonly stage?: string;
  /** Each `name=value`. */
  readonly param?: readonly string[];
  readonly envFile?: string;
  readonly concurrency?: string;
  /** False for `--no-reload`. */
  readonly reload?: boolean;
  readonly bootstrap?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

export interface DevSettings {
  readonly port: number;
  readonly host: string;
  readonly concurrency: number;
  readonly reload: boolean;
}

/**
 * What the flags say.
 *
 * @param cores of this machine: as many environments as a function has unless told
 * @throws UsageError
 */
export function readDevFlags(flags: DevFlags, cores: number): DevSettings {
  return {
    port: wholeNumber('--port', flags.port ?? '3000', 0, 65_535, '--port 3000'),
    host: flags.host ?? '127.0.0.1',
    concurrency:
      flags.concurrency === undefined
        ? cores
        : wholeNumber('--concurrency', flags.concurrency, 1, 1000, '--concurrency 4'),
    reload: flags.reload ?? true,
  };
}

function wholeNumber(flag: string, text: string, min: number, max: number, hint: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= min && number <= max) return number;
  const what = flag === '--port' ? 'a port' : 'a whole number';
  throw new UsageError(`${flag}: "${text}" is not ${what}, ${min} to ${max}.`, hint);
}
