import type { Message } from '../message.ts';
import { isAFolder, noSuchFile, unreadable } from './messages.ts';

/** Says why a file cannot be read, as the end of a sentence. */
export function whyUnreadable(code: string): Message {
  if (code === 'ENOENT') return noSuchFile();
  return code === 'EISDIR' ? isAFolder() : unreadable({ code });
}
