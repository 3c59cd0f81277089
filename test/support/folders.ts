import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new folder that stays until it is removed. Its name has a space, as users' folders may. */
export function permanentFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'create-lambda-hello test '));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A new folder, removed when the test ends. */
export function temporaryFolder(): string {
  const { folder, remove } = permanentFolder();
  onTestFinished(remove);
  return folder;
}

/** Writes files, by their path below the folder. */
export function writeTree(folder: string, files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Every file below the folder with its content; an empty folder is listed as `name/`. */
export function readTree(folder: string): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path);
    if (entry.isFile()) tree[name] = readFileSync(path, 'utf8');
    else if (!entry.isDirectory()) tree[name] = '(neither a file nor a folder)';
    else if (readdirSync(path).length === 0) tree[`${name}/`] = '';
  }
  return tree;
}
