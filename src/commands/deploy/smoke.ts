import { callsOf, type Endpoint, isOnAws } from '../../aws/deployed-urls.ts';
import { ourCommand, type StackAddress } from '../../aws/stack-state.ts';
import type { Context } from '../../context.ts';
import { CancelledError, UserError } from '../../errors.ts';
import type { Service } from '../../service/service.ts';
import { withTimeLimit } from '../../util/within.ts';
import * as messages from './messages.ts';

/** Longer than API Gateway's own timeout of 30 s. */
const LIMIT_MS = 35_000;

interface EndpointResponse {
  readonly endpoint: Endpoint;
  readonly status: number | undefined;
  /** The response as it is shown: `200`, or why there is none. */
  readonly shown: string;
  readonly ms: number;
}

/**
 * Calls all GET endpoints without parameters at once and shows their responses.
 *
 * @throws UserError when one responds with a 5xx, or not at all
 */
export async function smoke(
  { out, env, signal }: Context,
  address: StackAddress & { readonly service: Service },
  endpoints: readonly Endpoint[],
): Promise<void> {
  const count = address.service.functions.flatMap(callsOf).length;
  if (endpoints.length < count) {
    throw new UserError(
      messages.smokeWithoutUrls({ number: count - endpoints.length }),
      ourCommand('info', address),
    );
  }
  const gets = endpoints.filter(({ method }) => method === 'GET');
  const callable = gets.filter(({ hasParameters }) => !hasParameters);
  if (env.AWS_ENDPOINT_URL && callable.some(({ url }) => isOnAws(url))) {
    throw new UserError(
      messages.smokeOnEmulator(),
      'create-lambda-hello dev, to call them on this machine',
    );
  }
  for (const { url } of gets.filter(({ hasParameters }) => hasParameters)) {
    out.note(`Not called, its path has a parameter: GET ${url}`);
  }
  if (callable.length === 0) out.note('There is no GET endpoint to call.');
  const calls = Promise.all(callable.map((endpoint) => call(endpoint, signal)));
  const responses = await out.waitFor('Calling the endpoints', calls);
  if (signal.aborted) throw new CancelledError(messages.smokeCancelled());
  for (const { endpoint, shown, status, ms } of responses) {
    const colour = isBad(status) ? out.style.red : out.style.green;
    out.result(`${endpoint.method} ${endpoint.url} ${colour(shown)} ${ms.toFixed(0)} ms`);
  }
  const bad = responses.filter(({ status }) => isBad(status));
  const [first] = bad;
  if (first === undefined) return;
  throw new UserError(
    messages.smokeFailed({ number: bad.length, total: responses.length }),
    ourCommand('logs', address).replace(' logs', ` logs ${first.endpoint.key}`),
  );
}

/** A 4xx may be right: an authorizer or a missing API key. */
const isBad = (status: number | undefined): boolean => status === undefined || status >= 500;

async function call(endpoint: Endpoint, signal: AbortSignal): Promise<EndpointResponse> {
  const started = performance.now();
  const summarize = (status: number | undefined, shown: string): EndpointResponse => ({
    endpoint,
    status,
    shown,
    ms: performance.now() - started,
  });
  try {
    const status = await withTimeLimit(signal, LIMIT_MS, async (limited) => {
      const response = await fetch(endpoint.url, { signal: limited, redirect: 'manual' });
      await response.arrayBuffer();
      return response.status;
    });
    return summarize(status, String(status));
  } catch (error) {
    const { cause, message } = error instanceof Error ? error : new Error(String(error));
    return summarize(undefined, cause instanceof Error ? cause.message : message);
  }
}
