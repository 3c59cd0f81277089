import { message } from '../message.ts';

export const noCompletion = message`there is no completion for ${'shell'}.`;
export const noSuchFunction = message`${'service'} has no function ${'name'}; it has ${'names'}.`;
export const wasKept = message`${'path'} was kept: ${'reason'}`;
export const notInMain = message`the handler of ${'name'} is ${'handler'}, which is not registered in lib/main.dart.`;
export const renamed = message`${'name'} is now ${'names'} in serverless.yml. Nothing was written.`;
export const notAFunction = message`there is no function ${'name'}.`;
export const noSuchEndpoint = message`there is no endpoint ${'name'}.`;
export const testsFailed = message`dart test failed; what it says is above.`;
export const madeByNewer = message`this service was made by create-lambda-hello ${'version'}, and this is ${'thisVersion'}. Nothing was written.`;
export const olderPin = message`${'path'} has ${'name'} ${'version'}; --pins raises it to ${'newVersion'}.`;
