import { fstatSync, writeSync } from 'node:fs';

/** Standard output or standard error. */
export interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Node's own stream, which takes bytes too. */
interface Whole extends Stream {
  write(data: string | Uint8Array): unknown;
}

/**
 * A standard stream of which Node's own is made only when something needs it: that
 * loads sockets and terminals, for a tenth of the time of `create`. A file and a
 * pipe need none, as Node writes to both at once too, but on Windows.
 *
 * @param fd its number: 1 or 2
 * @param make makes Node's own
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
        // A full pipe that nobody may wait for, or one that nobody reads: Node's own knows what to do.
        return stream().write(rest);
      }
    },
  };
}

/** Whether it is a device, such as a terminal; closed, it is none. */
function mayBeTerminal(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice();
  } catch {
    return true;
  }
}
