import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type InvokeGiven, invoke } from './commands.ts';
import { type Script, scripted } from './context.ts';
import { temporaryFolder, writeTree } from './folders.ts';
import { listening } from './listening.ts';

/** A service with functions of each kind of route, and one without any. */
export const SERVERLESS_YML = `
service: shop
provider: { name: aws, runtime: provided.al2023, region: eu-west-1 }
functions:
  hello: { handler: main.hello, events: [{ http: GET /hello }] }
  getOrder:
    handler: main.getOrder
    events:
      - http: GET /orders/{id}
      - http: DELETE /orders/{id}
      - http: GET /orders/latest
      - http: ANY /files/{proxy+}
      - http: GET /files/{folder}/{name}
  listOrders: { handler: main.listOrders, events: [{ httpApi: 'GET /orders' }] }
  catchAll: { handler: main.catchAll, events: [{ httpApi: '*' }] }
  worker: { handler: main.worker, name: the-worker }
`;

/** A new folder with that service. */
export function shop(): string {
  const root = temporaryFolder();
  writeTree(root, { 'serverless.yml': SERVERLESS_YML });
  return root;
}

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How the server answers. */
export interface FakeResponse {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Cuts the connection. */
  readonly cut?: boolean;
  /** Never answers. */
  readonly hang?: boolean;
}

/** A server that stands for `dev`, or for Lambda, and answers every call in the same way. */
export async function invokeApi(fake: FakeResponse = {}) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method, url, headers } = request;
    received.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    server.emit('received');
    if (fake.cut) request.socket.destroy();
    if (fake.cut || fake.hang) return;
    response.writeHead(fake.status ?? 200, { 'x-amzn-RequestId': 'id-1', ...fake.headers });
    response.end(fake.body ?? '{}');
  });
  const port = await listening(server);
  return { port, received, nextCall: () => once(server, 'received') };
}

/** Runs `invoke` to its end; what it threw is `error`. */
export async function run(
  name: string | undefined,
  flags: InvokeGiven,
  script: Partial<Script> = {},
): Promise<{ results: string[]; notes: string[]; error: unknown }> {
  const { context, results, notes } = scripted({ cwd: shop(), ...script });
  const error = await invoke(context, name, flags).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { results, notes, error };
}

/** Invokes a function of a server that answers `{}`; the event that it got. */
export async function eventSent(
  name: string,
  flags: InvokeGiven,
): Promise<Record<string, unknown>> {
  const api = await invokeApi();
  const { error } = await run(name, { ...flags, port: String(api.port) });
  if (error !== undefined) throw error;
  return JSON.parse(api.received[0]?.body ?? '');
}
