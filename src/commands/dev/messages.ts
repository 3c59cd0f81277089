import { message } from '../../message.ts';

export const pubGetFailed = message`dart pub get failed.`;
export const nothingToCall = message`No function has an http or httpApi event, or a URL: there is nothing to call.`;
export const compileError = message`The code does not compile; still serving the previous code:`;
export const restartedFor = message`Restarted: ${'files'}. A running process cannot take that: ${'reason'}`;
export const notAnHttpUrl = message`${'value'} is no URL of HTTP.`;
export const realAws = message`--sources is AWS itself, whose messages this would take; --yes-aws says that it may.`;
export const noKeys = message`--yes-aws needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;
export const noBrowser = message`No browser could be opened.`;
