import { readText } from '../changes/text-file.ts';
import { RECORD_FILE, readRecord } from '../service/record.ts';

/**
 * Returns whether the service was made with `--runtime package`: its `Runtime` is then of a package by
 * choice, which needs no warning.
 */
export async function choseRuntimePackage(root: string): Promise<boolean> {
  const text = await readText(root, RECORD_FILE);
  try {
    return readRecord(text).made?.variables?.runtime === 'package';
  } catch {
    // Commands that need the record say what is wrong with it.
    return false;
  }
}
