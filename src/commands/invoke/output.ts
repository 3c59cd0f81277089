import type { InvokeResponse } from '../../aws/invoke-client.ts';
import { readableTrace, type TraceReader } from '../../dart/stack-trace.ts';
import { parseJson } from '../../sample/json.ts';
import { printValue, type Value } from '../../sample/value.ts';
import { asText, isRecord, recordOf, tryParseJson } from '../../util/json.ts';
import { withFullStop } from '../../util/text.ts';

/**
 * Indents JSON and leaves its numbers and strings as they are. Returns anything else unchanged.
 */
export function pretty(payload: string): string {
  const result = parseJson(payload);
  return 'value' in result ? printValue(result.value) : payload;
}

/** Formats the payload of a function that failed, with a readable stack trace. */
export function readableError(payload: string, reader: TraceReader): string {
  const result = parseJson(payload);
  if (!('value' in result) || result.value.kind !== 'object') return payload;
  const { members } = result.value;
  const trace = members.get('stackTrace');
  if (trace?.value.kind !== 'array') return printValue(result.value);
  const lines = trace.value.items.flatMap((item) => (item.kind === 'string' ? [item.text] : []));
  const items = readableTrace(lines, reader).map(
    (text): Value => ({ kind: 'string', raw: JSON.stringify(text), text }),
  );
  const value: Value = { kind: 'array', items };
  return printValue({
    kind: 'object',
    members: new Map([...members, ['stackTrace', { ...trace, value }]]),
  });
}

/**
 * Removes the error from the log of a response if the payload contains it, too: on AWS, the
 * runtime of a service logs it. The same error in other words stays.
 */
export function withoutError({
  logs = '',
  payload,
  functionError,
  requestId,
}: InvokeResponse): string {
  const error = functionError === undefined ? undefined : tryParseJson(payload);
  if (!isRecord(error)) return logs;
  const { errorType, errorMessage, stackTrace } = error;
  const trace = Array.isArray(stackTrace) ? stackTrace : [];
  const record = [`${errorType}: ${errorMessage}`, ...trace].join('\n');
  const lines = `\n${logs}`;
  // An error during init does not belong to an invocation.
  const found = [`\nRequestId: ${requestId} ${record}\n`, `\n${record}\n`].find((text) =>
    lines.includes(text),
  );
  return found === undefined ? logs : lines.replace(found, () => '\n').slice(1);
}

/** Formats a response as one JSON document in which missing values are null. */
export function jsonDocument({ payload, functionError, logs, requestId }: InvokeResponse): string {
  // Keep the payload's own text, so that its numbers stay as they are.
  const json = tryParseJson(payload) === undefined ? JSON.stringify(payload) : payload;
  const rest = JSON.stringify({
    functionError: functionError ?? null,
    logs: logs ?? null,
    requestId: requestId ?? null,
  });
  return pretty(`{"payload":${json},${rest.slice(1)}`);
}

/** Summarizes an error payload in one line: `StateError: Bad state: no order.` */
export function describeError(payload: string, functionError: string): string {
  const { errorType, errorMessage } = recordOf(tryParseJson(payload));
  const parts = [asText(errorType), asText(errorMessage)].filter((part) => part !== undefined);
  const [line = ''] = (parts.join(': ') || functionError).split('\n');
  return withFullStop(line);
}
