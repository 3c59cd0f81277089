import { createServer, type Server } from 'node:http';
import { close, listen } from './listening.ts';

/** What the proxy does with a call. */
export interface Intercept {
  /** Answers it instead of AWS. */
  answer?(body: string): { status: number; body: string } | undefined;
  /** Changes what AWS has answered. */
  change?(answered: string, body: string): string;
  /** Waited for before the answer is passed on. */
  hold?(body: string): Promise<void> | undefined;
}

/** Something between osls and moto, for what moto does not do by itself. */
export async function startProxy(
  target: string,
  intercept: Intercept,
): Promise<{ origin: string; calls: string[]; close: () => void }> {
  const calls: string[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks);
    const body = sent.toString('latin1');
    calls.push(/Action=(\w+)/.exec(body)?.[1] ?? `${request.method} ${request.url}`);
    const made = intercept.answer?.(body);
    if (made !== undefined) {
      response.writeHead(made.status, { 'content-type': 'text/xml' }).end(made.body);
      return;
    }
    const { host: _, connection: __, 'transfer-encoding': ___, ...headers } = request.headers;
    const answer = await fetch(new URL(request.url ?? '/', target), {
      method: request.method as string,
      headers: headers as Record<string, string>,
      ...(sent.length === 0 ? {} : { body: sent }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    await intercept.hold?.(body);
    const changed = intercept.change?.(bytes.toString('latin1'), body);
    const type = answer.headers.get('content-type') ?? 'text/xml';
    response.writeHead(answer.status, { 'content-type': type });
    response.end(changed === undefined ? bytes : Buffer.from(changed, 'latin1'));
  });
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    calls,
    close: () => close(server),
  };
}
