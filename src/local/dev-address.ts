import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '../errors.ts';
import { isRunning } from '../util/is-running.ts';
import { isRecord } from '../util/json.ts';

/** Where the `dev` of a service listens. */
export interface DevAddress {
  readonly port: number;
  /** As `--host`. */
  readonly host: string;
  /** Of the process that listens. */
  readonly pid: number;
}

const FILE = '.dart_tool/create-lambda-hello-dev.json';

/**
 * Leaves a note of where `dev` listens, for `invoke`. In a folder that cannot be
 * written there is none: then `invoke` has to be told the port.
 *
 * @param root the service's folder
 */
export async function writeDevAddress(root: string, address: DevAddress): Promise<void> {
  const file = join(root, FILE);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify(address)}\n`);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
}

/** Where `dev` of the service listens; undefined when it does not run, or nothing is known of it. */
export async function readDevAddress(root: string): Promise<DevAddress | undefined> {
  const address = await readAddress(join(root, FILE));
  return address !== undefined && isRunning(address.pid) ? address : undefined;
}

/** Takes the note away, unless it is that of another `dev` which still runs. */
export async function removeDevAddress(root: string): Promise<void> {
  const address = await readDevAddress(root);
  if (address !== undefined && address.pid !== process.pid) return;
  try {
    await rm(join(root, FILE), { force: true });
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
}

async function readAddress(file: string): Promise<DevAddress | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (!isRecord(value)) return undefined;
    const { port, host, pid } = value;
    if (!isWhole(port) || !isWhole(pid) || typeof host !== 'string') return undefined;
    return { port, host, pid };
  } catch {
    return undefined; // missing, or half written: as good as none
  }
}

/** Above 0, as ports and processes are. */
const isWhole = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0;
