import { message } from '../../message.ts';

export const cannotPoll = message`the ${'source'} ${'name'} of ${'function'} cannot be read, and is tried again: ${'reason'}`;
export const nameUnknown = message`an ${'source'} event of ${'function'} is not delivered: its name is not known here.`;
