import { readText } from '../changes/text-file.ts';
import { UserError } from '../errors.ts';
import { RECORD_FILE, readRecord, type ServiceRecord } from '../service/record.ts';

/**
 * Returns whether the service was made with `--runtime package`: its `Runtime` is then of a package by
 * choice, which needs no warning.
 */
export async function choseRuntimePackage(root: string): Promise<boolean> {
  const text = await readText(root, RECORD_FILE);
  try {
    return isOnRuntimePackage(readRecord(text));
  } catch (error) {
    // Commands that need the record say what is wrong with it.
    if (error instanceof UserError) return false;
    throw error;
  }
}

/** Returns the same of a record that is read already. */
export const isOnRuntimePackage = ({ made }: ServiceRecord): boolean =>
  made?.variables?.runtime === 'package';
