import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { errorCode } from '../errors.ts';
import { type Reached, type ReachOptions, reach } from './reach.ts';

/** What `doctor` asks this machine itself. Tests pass their own. */
export interface Machine {
  /** Without the v: `22.13.0`. */
  readonly nodeVersion: string;
  /** As `process.platform`. */
  readonly platform: string;
  /** As `process.arch`. */
  readonly architecture: string;
  /** Whether results go to a terminal. */
  readonly terminal: boolean;
  /** What this user may still write to the disk that the path is on. */
  freeBytes(path: string): Promise<number>;
  /** The system's error code when nothing can listen on the port, `EADDRINUSE` for example. */
  portProblem(host: string, port: number): Promise<string | undefined>;
  /** Asks an address, by the proxy that the environment names. */
  reach(url: string, options: ReachOptions): Promise<Reached>;
}

/** What this user may still write to the disk that the path is on. */
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

/** Listens for an instant: nothing else tells for certain. */
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
