// Finds programs on PATH, and asks them something.

import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';

/** @typedef {Readonly<Record<string, string | undefined>>} Env */

/** How long a program may take to answer a simple question, in milliseconds. */
const ANSWER_LIMIT = 5000;

/** The folders of PATH, in their order. @param {Env} env */
export function pathFolders(env) {
  const path = env.PATH ?? env.Path ?? '';
  return path.split(delimiter).flatMap((folder) => (folder === '' ? [] : [resolve(folder)]));
}

/**
 * The first program of a name in the folders, or undefined.
 *
 * @param {readonly string[]} folders
 * @param {string} name
 */
export async function findProgram(folders, name) {
  for (const folder of folders) {
    const path = join(folder, name);
    if ((await lookAt(path)) === 'program') return path;
  }
  return undefined;
}

/**
 * Tells whether a path is a program, a file that may not be executed, or no file at all.
 *
 * @param {string} path
 * @returns {Promise<'program' | 'not executable' | 'missing'>}
 */
export async function lookAt(path) {
  const isFile = await stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
  if (!isFile) return 'missing';
  return access(path, constants.X_OK).then(
    () => 'program',
    () => 'not executable',
  );
}

/**
 * Runs a program that should answer at once; `failed` tells why it did not.
 *
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<{ failed: string | undefined, stdout: string, stderr: string }>}
 */
export function run(program, args) {
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      { timeout: ANSWER_LIMIT, windowsHide: true },
      (error, stdout, stderr) => {
        resolve({ failed: error?.message.split('\n', 1)[0], stdout, stderr });
      },
    );
  });
}
