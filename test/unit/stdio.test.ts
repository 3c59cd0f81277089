import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { standardStream } from '../../src/ui/stdio.ts';
import { temporaryFolder } from '../support/folders.ts';

/** A stream on the file, and what Node's own stream in its place was told. */
function streamOn(path: string, flags: string) {
  const fd = openSync(path, flags);
  onTestFinished(() => closeSync(fd));
  const told: string[] = [];
  let made = 0;
  const stream = standardStream(fd, () => {
    made++;
    return { isTTY: true, columns: 100, write: (data) => told.push(data.toString()) };
  });
  return { stream, told, made: () => made };
}

describe.skipIf(process.platform === 'win32')('a standard stream', () => {
  it('that goes to a file needs none of Node, and is no terminal', () => {
    const path = join(temporaryFolder(), 'out');
    const { stream, made } = streamOn(path, 'w');
    stream.write('a\n');
    stream.write('ä└\n');
    expect(stream.isTTY).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('a\nä└\n');
    expect(made()).toBe(0);
  });

  it('that is a device is Node’s, made once', () => {
    const { stream, told, made } = streamOn('/dev/null', 'w');
    expect([stream.isTTY, stream.columns]).toEqual([true, 100]);
    stream.write('a');
    stream.write('b');
    expect(told).toEqual(['a', 'b']);
    expect(made()).toBe(1);
  });

  it('leaves to Node’s what cannot be written, and all that follows', () => {
    const path = join(temporaryFolder(), 'out');
    closeSync(openSync(path, 'w'));
    const { stream, told } = streamOn(path, 'r');
    stream.write('ä');
    stream.write('b');
    expect(told).toEqual(['ä', 'b']);
  });
});
