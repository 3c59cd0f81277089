import type { GatewayRequest, GatewayResponse } from '../local/gateway/integration.ts';
import type { Exchange } from '../local/traffic.ts';
import { formatWords } from '../util/shell-words.ts';

/** What the list of the page shows of an exchange, as JSON. */
export interface Summary {
  readonly id: string;
  readonly time: number;
  readonly function?: string;
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly ms?: number;
  readonly cold?: boolean;
  /** The type of the function's error, or why it was not invoked. */
  readonly problem?: string;
}

/** An HTTP message, as JSON. */
interface Shown {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** All that the page shows of an exchange, as JSON. */
export interface Details extends Summary {
  readonly request?: Shown & { readonly url: string };
  readonly response?: Shown;
  readonly event?: string;
  readonly result?: string;
  readonly error?: Exchange['error'];
  /** Missing where nobody watched. */
  readonly logs?: string;
  /** The command line that invokes the function with the same event. */
  readonly command?: string;
}

/** How much of a body is shown, in bytes. */
const SHOWN_BYTES = 256 * 1024;

export function summaryOf(exchange: Exchange): Summary {
  const { id, time, function: key, method, path, status, ms, cold } = exchange;
  const problem = exchange.error?.errorType ?? exchange.refused;
  return {
    ...{ id, time },
    ...(key !== undefined && { function: key }),
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path }),
    ...(status !== undefined && { status }),
    ...(ms !== undefined && { ms }),
    ...(cold !== undefined && { cold }),
    ...(problem !== undefined && { problem }),
  };
}

/** @param program what starts this program again: `npx create-lambda-hello` */
export function detailsOf(exchange: Exchange, program: string): Details {
  const { request, response, event, result, error, logs, function: key } = exchange;
  const text = event?.toString();
  return {
    ...summaryOf(exchange),
    ...(request && { request: { url: urlOf(request), ...shown(request.rawHeaders, request) } }),
    ...(response && { response: shown(response.headers, response) }),
    ...(text !== undefined && { event: text }),
    ...(result && { result: textOf(result) }),
    ...(error && { error }),
    ...(logs !== undefined && { logs }),
    ...(key !== undefined &&
      text !== undefined && {
        command: `${program} ${formatWords(['invoke', key, '--data', text])}`,
      }),
  };
}

const urlOf = ({ path, query }: GatewayRequest): string => (query ? `${path}?${query}` : path);

function shown(flat: readonly string[], { body }: Pick<GatewayResponse, 'body'>): Shown {
  const headers: [string, string][] = [];
  for (let at = 0; at < flat.length; at += 2) headers.push([flat[at] ?? '', flat[at + 1] ?? '']);
  return { headers, body: textOf(body) };
}

/** The text of a body. Of one that is no text only the size is told. */
function textOf(body: Buffer): string {
  const text = body.subarray(0, SHOWN_BYTES).toString();
  if (text.includes('\0') || (body.length <= SHOWN_BYTES && text.includes('\ufffd'))) {
    return `(${body.length} bytes that are no text)`;
  }
  return body.length > SHOWN_BYTES ? `${text}\n(${body.length} bytes in all)` : text;
}
