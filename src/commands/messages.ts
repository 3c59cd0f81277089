import { message } from '../message.ts';

export const noCompletion = message`there is no completion for ${'shell'}.`;
export const noEntryPoint = message`the function ${'name'} has the handler ${'handler'}, but there is no ${'path'}.`;
export const noSuchFunction = message`${'service'} has no function "${'name'}"; it has ${'names'}.`;
export const testsFailed = message`dart test failed; what it says is above.`;
