import { readableTrace, type TraceReader } from '../../dart/stack-trace.ts';
import { stackOf, withHint } from '../../errors.ts';
import { at, type Message } from '../../message.ts';
import { oslsErrors } from '../../serverless-yml/osls/findings.ts';
import type { ReadResult } from '../../serverless-yml/read.ts';
import type { Out } from '../../ui/out.ts';
import { printable } from '../../ui/report.ts';
import { defect } from '../../util/messages.ts';
import { type DevEvent, documentOf } from './events.ts';
import * as messages from './messages.ts';
import type { DevFlags } from './options.ts';

/**
 * Makes a function that writes events as lines to standard error; with `json`, those about
 * requests go to standard output as one JSON document per line. `quiet` omits routine lines. Stack
 * traces in lines are made readable by the trace reader.
 */
export function reporter(
  out: Out,
  { json, quiet }: { readonly json?: boolean; readonly quiet?: boolean },
  reader: TraceReader,
): (event: DevEvent) => void {
  const write = textReporter(out, reader);
  return (event) => {
    if (quiet && goesWell(event)) return;
    if (json && !OF_FILES.has(event.type)) out.result(JSON.stringify(documentOf(event)));
    else write(event);
  };
}

const goesWell = (event: DevEvent): boolean =>
  event.type === 'cold-start' ||
  event.type === 'prewarmed' ||
  event.type === 'stands-by' ||
  event.type === 'platform' ||
  (event.type === 'delivery' && event.failed === 0) ||
  (event.type === 'request' && event.status < 500);

/** Events about the service's files rather than its requests: with `json` they are notes, too. */
const OF_FILES: ReadonlySet<DevEvent['type']> = new Set<DevEvent['type']>([
  'service-warning',
  'command',
  'compile',
  'process',
  'read-again',
  'reloaded',
  'restarted',
  'compile-error',
]);

/** Returns all warnings about a service that was read, of what `dev` does not do with its options. */
export function serviceWarnings(
  file: string,
  { configuration, warnings, unsupported }: ReadResult,
  options: Pick<DevFlags, 'schedules' | 'sources'> = {},
): readonly Message[] {
  const missing = unsupported
    .filter(({ unless }) => unless === undefined || !options[unless])
    .map(({ message }) => message);
  return [
    ...oslsErrors(configuration).map(({ problem }) => withHint(problem)),
    ...[...warnings, ...missing].map((warning) => at(file, warning)),
  ];
}

/** Makes a filter for the warnings that the previous reading of the service did not have. */
export function newWarnings(): (warnings: readonly Message[]) => readonly Message[] {
  let before: readonly Message[] = [];
  return (warnings) => {
    const added = warnings.filter((warning) => !before.includes(warning));
    before = warnings;
    return added;
  };
}

function textReporter(out: Out, reader: TraceReader): (event: DevEvent) => void {
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
      case 'prewarmed':
        out.note(style.dim(`[${report.function}] prewarmed in ${report.ms.toFixed(0)} ms`));
        break;
      case 'stands-by':
        out.detail(`[${report.function}] stands by after ${report.ms.toFixed(0)} ms`);
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
      case 'delivery': {
        const { source, from, records, failed, ms, requestId } = report;
        const size = records === 1 ? '1 record' : `${records} records`;
        const outcome = failed === 0 ? style.green('done') : style.red(`${failed} failed`);
        const line = `${source} ${printable(from)} ${size} ${outcome} ${ms.toFixed(1)} ms`;
        out.note(`${line} ${style.dim(`${report.function} ${requestId}`)}`);
        break;
      }
      case 'function-error': {
        const { errorType, errorMessage, stackTrace } = report.error;
        // The text may come from a client.
        const [first = '', ...more] = `${errorType}: ${errorMessage}`.split(/\r?\n/).map(printable);
        out.note(`${name(report.function)} ${style.red(first.trimEnd())}`);
        for (const line of more) out.note(style.red(`    ${line}`));
        for (const line of readableTrace(stackTrace, reader)) {
          out.note(style.dim(`    ${printable(line)}`));
        }
        break;
      }
      case 'warning':
      case 'service-warning':
        out.warn(report.message);
        break;
      case 'command':
        out.note(style.dim(report.line));
        break;
      case 'compile':
        out.detail(`$ ${report.line}`);
        break;
      case 'process':
        out.detail(`[${report.function}] $ ${report.line}`);
        break;
      case 'read-again':
        out.note(`Read again: ${report.files.join(', ')}`);
        break;
      case 'reloaded':
        out.note(`Reloaded in ${report.ms.toFixed(0)} ms: ${report.files.join(', ')}`);
        break;
      case 'restarted': {
        const files = report.files.join(', ');
        const { reason } = report;
        if (reason === undefined) out.note(`Restarted: ${files}`);
        else out.note(messages.restartedFor({ files, reason }));
        break;
      }
      case 'compile-error': {
        const title = style.red(messages.compileError());
        out.note(`${title}\n${report.message}`);
        break;
      }
      case 'defect':
        out.warn(defect({ error: stackOf(report.error) }));
    }
  };
}
