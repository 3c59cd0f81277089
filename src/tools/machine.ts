import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { errorCode } from '../errors.ts';
import { type Reached, type ReachOptions, reach } from './reach.ts';

/** This machine, as `doctor` examines it. Tests pass their own. */
export interface Machine {
  /** The version without the v: `22.13.0`. */
  readonly nodeVersion: string;
  /** As in `process.platform`. */
  readonly platform: string;
  /** As in `process.arch`. */
  readonly architecture: string;
  /** Whether standard output is a terminal. */
  readonly terminal: boolean;
  /** Returns how many bytes this user may write to the disk of the path. */
  freeBytes(path: string): Promise<number>;
  /** Returns the error code where a port cannot be listened on, such as `EADDRINUSE`. */
  portProblem(host: string, port: number): Promise<string | undefined>;
  /** Requests an address, through the proxy of the environment. */
  reach(url: string, options: ReachOptions): Promise<Reached>;
}

/** Returns how many bytes this user may write to the disk of the path. */
export async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

export const thisMachine = (): Machine => ({
  nodeVersion: process.versions.node,
  platform: process.platform,
  architecture: process.arch,
  terminal: process.stdout.isTTY === true,
  freeBytes,
  portProblem,
  reach,
});

/** Listens for an instant, which is the only reliable check. */
function portProblem(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      const code = errorCode(error);
      if (code === undefined) reject(error);
      else resolve(code);
    });
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
