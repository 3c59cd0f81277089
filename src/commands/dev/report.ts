import { readableTrace, type TraceReader } from '../../dart/stack-trace.ts';
import type { Report } from '../../local/report.ts';
import { oslsErrors } from '../../serverless-yml/osls/findings.ts';
import type { ReadResult } from '../../serverless-yml/read.ts';
import { withHint } from '../../tools/preflight.ts';
import type { Out } from '../../ui/out.ts';
import { printable } from '../../ui/report.ts';

/**
 * Writes what happens in the local Lambda as lines on standard error; with `json`
 * as a JSON document a line on standard output. `quiet` leaves out what goes well.
 * Stack traces in lines are those that the reader reads.
 */
export function reporter(
  out: Out,
  { json, quiet }: { readonly json?: boolean; readonly quiet?: boolean },
  reader: TraceReader,
): (report: Report) => void {
  const write = json ? jsonReporter(out) : textReporter(out, reader);
  if (!quiet) return write;
  return (report) => {
    const isRequest = report.type === 'request' && report.status < 500;
    if (report.type !== 'cold-start' && report.type !== 'platform' && !isRequest) {
      write(report);
    }
  };
}

/** All that is told of a reading of a service. */
export function serviceWarnings(
  file: string,
  { configuration, warnings, unsupported }: ReadResult,
): readonly string[] {
  return [
    ...oslsErrors(configuration).map(({ problem }) => withHint(problem)),
    ...[...warnings, ...unsupported].map((warning) => `${file}: ${warning}`),
  ];
}

/** Of the warnings of each reading of a service those that the reading before did not have. */
export function newWarnings(): (warnings: readonly string[]) => readonly string[] {
  let before: readonly string[] = [];
  return (warnings) => {
    const added = warnings.filter((warning) => !before.includes(warning));
    before = warnings;
    return added;
  };
}

function jsonReporter(out: Out): (report: Report) => void {
  return (report) => {
    const time = new Date().toISOString();
    const shown = report.type === 'defect' ? { ...report, error: describe(report.error) } : report;
    out.result(JSON.stringify({ time, ...shown }));
  };
}

function textReporter(out: Out, reader: TraceReader): (report: Report) => void {
  const style = out.noteStyle;
  const name = (key: string) => style.cyan(`[${key}]`);
  return (report) => {
    switch (report.type) {
      case 'output':
        out.note(`${name(report.function)} ${report.line}`);
        break;
      case 'platform':
        out.detail(`[${report.function}] ${report.line}`);
        break;
      case 'cold-start':
        out.detail(`[${report.function}] started in ${report.ms.toFixed(0)} ms`);
        break;
      case 'request': {
        const { method, path, status, ms, requestId } = report;
        const colour = status < 400 ? style.green : status < 500 ? style.yellow : style.red;
        const start = report.cold ? 'cold' : 'warm';
        const where = report.function === undefined ? 'no route' : `${report.function} ${start}`;
        const line = `${method} ${printable(path)} ${colour(String(status))} ${ms.toFixed(1)} ms`;
        out.note(`${line} ${style.dim(`${where} ${requestId}`)}`);
        break;
      }
      case 'function-error': {
        const { errorType, errorMessage, stackTrace } = report.error;
        // What a stranger has sent may be in it.
        const [first = '', ...more] = `${errorType}: ${errorMessage}`.split(/\r?\n/).map(printable);
        out.note(`${name(report.function)} ${style.red(first.trimEnd())}`);
        for (const line of more) out.note(style.red(`    ${line}`));
        for (const line of readableTrace(stackTrace, reader)) {
          out.note(style.dim(`    ${printable(line)}`));
        }
        break;
      }
      case 'warning':
        out.warn(report.message);
        break;
      case 'defect':
        out.warn(`a defect of create-lambda-hello, please report it: ${describe(report.error)}`);
    }
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
