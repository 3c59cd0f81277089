import { parseJson } from '../dart/sample-json.ts';
import { printValue } from '../dart/sample-value.ts';
import { asText, isRecord } from '../service/values.ts';
import type { InvokeAnswer } from '../tools/invoke-local.ts';

/** JSON with indentation, numbers and texts as they were; anything else as it is. */
export function pretty(payload: string): string {
  const result = parseJson(payload);
  return 'value' in result ? printValue(result.value) : payload;
}

/** The answer as one JSON document; null where there is nothing. */
export function jsonDocument({ payload, functionError, logs, requestId }: InvokeAnswer): string {
  // The payload's own text, so that its numbers stay as they are.
  const json = isJson(payload) ? payload : JSON.stringify(payload);
  const rest = JSON.stringify({
    functionError: functionError ?? null,
    logs: logs ?? null,
    requestId: requestId ?? null,
  });
  return pretty(`{"payload":${json},${rest.slice(1)}`);
}

/** What a function's error payload says, on one line: `StateError: Bad state: no order.` */
export function describeError(payload: string, functionError: string): string {
  const error: unknown = isJson(payload) ? JSON.parse(payload) : undefined;
  const { errorType, errorMessage } = isRecord(error) ? error : {};
  const parts = [asText(errorType), asText(errorMessage)].filter((part) => part !== undefined);
  const [line = ''] = (parts.join(': ') || functionError).split('\n');
  return line.replace(/\.?$/, '.');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
