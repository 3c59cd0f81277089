import { message } from '../../message.ts';

export const pubGetFailed = message`dart pub get failed.`;
export const nothingToCall = message`No function has an http or httpApi event, or a URL: there is nothing to call.`;
export const compileError = message`The code does not compile; still serving the previous code:`;
export const restartedFor = message`Restarted: ${'files'}. A running process cannot take that: ${'reason'}`;
