/** A terminal whose raw mode reports single keys, such as standard input. */
interface Keyboard {
  readonly isTTY?: boolean;
  setRawMode?(on: boolean): unknown;
  on(event: 'data', listener: (data: Buffer) => void): unknown;
  off(event: 'data', listener: (data: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

const CTRL_C = '\x03';

/**
 * Calls `onKey` for each key until the returned function is called. Calls `interrupt` for Ctrl-C,
 * which raw mode would swallow. Does nothing without a terminal.
 */
export function listenToKeys(
  keyboard: Keyboard,
  onKey: (key: string) => void,
  interrupt: () => void,
): () => void {
  if (!keyboard.isTTY || !keyboard.setRawMode) return () => {};
  const listener = (data: Buffer): void => {
    for (const key of data.toString()) {
      if (key === CTRL_C) interrupt();
      else onKey(key);
    }
  };
  keyboard.setRawMode(true);
  keyboard.on('data', listener);
  keyboard.resume();
  return () => {
    keyboard.off('data', listener);
    keyboard.setRawMode?.(false);
    keyboard.pause();
  };
}
