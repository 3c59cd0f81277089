import { once } from 'node:events';
import { Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { onTestFinished } from 'vitest';

/** Lets the server listen on a free port of this machine, which it returns, until the test ends. */
export async function listening(server: Server): Promise<number> {
  const port = await listen(server);
  onTestFinished(() => close(server));
  return port;
}

/** Lets the server listen on a free port of this machine, which it returns. */
export async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** Closes the server, and what is still connected to it. */
export function close(server: Server): void {
  if (server instanceof HttpServer) server.closeAllConnections();
  server.close();
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await once(server.close(), 'close');
  return port;
}
