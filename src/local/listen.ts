import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorCode, UserError } from '../errors.ts';
import * as messages from './messages.ts';

/**
 * Starts to listen on an address and returns the port.
 *
 * @param port 0 for any free port
 * @throws UserError when the address cannot be used
 */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    throw listenError(error, host, port);
  }
  return (server.address() as AddressInfo).port;
}

function listenError(error: unknown, host: string, port: number): unknown {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new UserError(
        messages.portInUse({ port }),
        `--port ${port === 65_535 ? 3001 : port + 1}`,
      );
    case 'EACCES':
      return new UserError(messages.portNotAllowed({ port }), '--port 3001');
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new UserError(messages.notOurAddress({ host }), '--host 127.0.0.1');
    default:
      return error;
  }
}

/** Returns the host to put into a URL: `0.0.0.0` and `::` become localhost, IPv6 gets brackets. */
export function hostForUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
