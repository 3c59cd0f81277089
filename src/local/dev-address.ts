import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '../errors.ts';
import { isRunning } from '../util/is-running.ts';
import { isRecord } from '../util/json.ts';

/** The address of a running `dev`. */
export interface DevAddress {
  readonly port: number;
  /** As in `--host`. */
  readonly host: string;
  /** The process that listens. */
  readonly pid: number;
}

const FILE = '.dart_tool/create-lambda-hello-dev.json';

/**
 * Writes down where `dev` listens, for `invoke`. Does nothing in a folder that cannot be written:
 * `invoke` then needs `--port`.
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

/** Reads where the `dev` of a service listens; undefined where none is known to run. */
export async function readDevAddress(root: string): Promise<DevAddress | undefined> {
  const address = await readAddress(join(root, FILE));
  return address !== undefined && isRunning(address.pid) ? address : undefined;
}

/** Removes the address, unless it belongs to another `dev` that still runs. */
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
    return undefined; // missing, or half written
  }
}

/** Accepts integers above 0, as ports and process ids are. */
const isWhole = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0;
