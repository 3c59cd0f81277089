import { readFileSync } from 'node:fs';

/** The facts of a finished invocation that Lambda logs. */
export interface InvocationFacts {
  readonly requestId: string;
  /** From the event to the response, in milliseconds. */
  readonly duration: number;
  /** How long the init took, in milliseconds; only for the first invocation of an environment. */
  readonly initDuration: number | undefined;
  /** The memory of the function, in MB. */
  readonly memorySize: number;
  /** In MB; undefined where the system does not report it. */
  readonly maxMemoryUsed: number | undefined;
  /** The error that also ended the environment: `Sandbox.Timedout`, `Runtime.ExitError`. */
  readonly endedBy: string | undefined;
}

/** Formats the line that Lambda logs when a function gets an event. */
export function startLine(requestId: string): string {
  return `START RequestId: ${requestId} Version: $LATEST`;
}

/**
 * Formats the lines that Lambda logs when an invocation has ended
 * (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html).
 */
export function endLines(facts: InvocationFacts): readonly [end: string, report: string] {
  const { requestId, duration, initDuration, memorySize, maxMemoryUsed, endedBy } = facts;
  const parts = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${duration.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(duration)} ms`,
    `Memory Size: ${memorySize} MB`,
  ];
  if (maxMemoryUsed !== undefined) parts.push(`Max Memory Used: ${maxMemoryUsed} MB`);
  if (initDuration !== undefined) parts.push(`Init Duration: ${initDuration.toFixed(2)} ms`);
  if (endedBy === 'Sandbox.Timedout') parts.push('Status: timeout');
  else if (endedBy !== undefined) parts.push('Status: error', `Error Type: ${endedBy}`);
  return [`END RequestId: ${requestId}`, `${parts.join('\t')}\t`];
}

/** Reads the peak memory of a process, in MB; undefined where the system does not report it. */
export function maxMemoryUsed(pid: number | undefined): number | undefined {
  if (pid === undefined || process.platform !== 'linux') return undefined;
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Math.ceil(Number(kilobytes) / 1024);
  } catch {
    return undefined; // it has just ended
  }
}
