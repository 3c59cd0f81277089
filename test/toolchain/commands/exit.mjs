// How the stand-in's commands fail: a message on stderr and the SDK's exit code, never a stack trace.

/** Exit codes of sysexits.h, as the SDK uses them. */
export const USAGE = 64;
export const DATA = 65;
export const NO_INPUT = 66;
export const UNAVAILABLE = 69;

export class Failure extends Error {
  /** @param {number} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** Runs a command and ends the process with the code that it returns. */
export async function main(/** @type {() => number | Promise<number>} */ command) {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
    process.exitCode = error.code;
  }
}
