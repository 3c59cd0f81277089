// Finds programs on PATH, and asks them something.

import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
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
export function findProgram(folders, name) {
  return folders.map((folder) => join(folder, name)).find((path) => lookAt(path) === 'program');
}

/**
 * Tells whether a path is a program, a file that may not be executed, or no file at all. It does
 * not wait for other work, which takes longer than the few looks at the folders of PATH.
 *
 * @param {string} path
 * @returns {'program' | 'not executable' | 'missing'}
 */
export function lookAt(path) {
  try {
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return 'missing';
  } catch {
    return 'missing'; // in a folder that may not be read, or below a file
  }
  try {
    accessSync(path, constants.X_OK);
    return 'program';
  } catch {
    return 'not executable';
  }
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
