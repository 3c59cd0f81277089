import { fstatSync, writeSync } from 'node:fs';

/** Standard output or standard error. */
export interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** The stream of Node.js, which takes bytes too. */
interface Whole extends Stream {
  write(data: string | Uint8Array): unknown;
}

/**
 * Makes a standard stream that creates the stream of Node.js only on demand: that loads sockets and
 * terminals, for a tenth of the time of `create`. Files and pipes do not need it, as Node.js writes
 * to both synchronously, except on Windows.
 *
 * @param fd 1 or 2
 * @param make creates the stream of Node.js
 */
export function standardStream(fd: number, make: () => Whole): Stream {
  let made: Whole | undefined;
  const stream = (): Whole => {
    made ??= make();
    return made;
  };
  const isDevice = mayBeTerminal(fd);
  return {
    get isTTY() {
      return isDevice && stream().isTTY === true;
    },
    get columns() {
      return stream().columns as number;
    },
    write(text) {
      if (made !== undefined || isDevice || process.platform === 'win32') {
        return stream().write(text);
      }
      let rest = Buffer.from(text);
      try {
        while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
        return true;
      } catch {
        // The pipe is full, or nobody reads it: the stream of Node.js handles both.
        return stream().write(rest);
      }
    },
  };
}

/** Tells whether it is a device, such as a terminal; false where it is closed. */
function mayBeTerminal(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice();
  } catch {
    return true;
  }
}
