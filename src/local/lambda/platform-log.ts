import { readFileSync } from 'node:fs';

/** What Lambda's own log lines tell of an invocation that has ended. */
export interface InvocationFacts {
  readonly requestId: string;
  /** Milliseconds, from the event to the answer. */
  readonly duration: number;
  /** Milliseconds, of the first invocation of an environment. */
  readonly initDuration: number | undefined;
  /** MB that the function has. */
  readonly memorySize: number;
  /** MB; undefined where the system does not tell. */
  readonly maxMemoryUsed: number | undefined;
  /** The error that ended the environment with it: `Sandbox.Timedout`, `Runtime.ExitError`. */
  readonly endedBy: string | undefined;
}

/** The line that Lambda logs when a function gets an event. */
export function startLine(requestId: string): string {
  return `START RequestId: ${requestId} Version: $LATEST`;
}

/** The lines that Lambda logs when an invocation has ended (AWS: "Lambda function logs"). */
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

/** The most memory that a process has had, in MB; undefined where the system does not tell. */
export function maxMemoryUsed(pid: number | undefined): number | undefined {
  if (pid === undefined || process.platform !== 'linux') return undefined;
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Math.ceil(Number(kilobytes) / 1024);
  } catch {
    return undefined; // it has just ended
  }
}
