import { errorCode } from '../errors.ts';

/**
 * Tells whether a process runs.
 *
 * @param pid above 0, as other numbers address process groups
 */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM'; // it runs, but as another user
  }
}
