import { errorCode } from '../errors.ts';

/**
 * Whether there is a process of that number.
 *
 * @param pid above 0: what is not stands for groups of processes
 */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM'; // it runs, as somebody else
  }
}
