import { createServer, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { listening } from './listening.ts';

/** The name of a host that no name server knows (RFC 6761): only the proxy leads there. */
export const HIDDEN_HOST = 'archive.invalid';

/** A proxy for HTTP and, by CONNECT, for HTTPS. It takes every host to the port on this machine. */
export async function startProxy(
  port: number,
  /** Whether it lets a request through, by the name and password that it came with. */
  status: (credentials: string | undefined) => number = () => 200,
) {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const credentials = (header: string | undefined) =>
    header && Buffer.from(header.replace('Basic ', ''), 'base64').toString();
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const answer = status(credentials(request.headers['proxy-authorization']));
    if (answer !== 200) return void response.writeHead(answer).end();
    const { pathname } = new URL(request.url ?? '');
    const options = { host: '127.0.0.1', port, path: pathname, method: request.method };
    const passedOn = httpRequest(options, (result) => {
      response.writeHead(result.statusCode ?? 0, result.headers);
      result.pipe(response);
    });
    passedOn.end();
  });
  server.on('connect', (request, socket: Socket) => {
    requests.push(`CONNECT ${request.url}`);
    sockets.add(socket);
    socket.on('error', () => {});
    const answer = status(credentials(request.headers['proxy-authorization']));
    // 0: it does not answer at all.
    if (answer === 0) return;
    if (answer !== 200) return void socket.end(`HTTP/1.1 ${answer} No\r\n\r\n`);
    const target = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    target.on('error', () => socket.destroy());
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  return { host: `127.0.0.1:${await listening(server)}`, requests };
}
