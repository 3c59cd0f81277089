import { message } from '../message.ts';

export const commandFailed = message`${'command'} failed with exit code ${'exitCode'}; what it says is above.`;
export const commandEnded = message`${'command'} was ended by ${'signal'}.`;
export const commandNotStarted = message`${'command'} could not be started (${'code'}).`;
export const interrupted = message`Interrupted.`;
export const installationInterrupted = message`Interrupted. The same command again goes on with the installation.`;
export const notJson = message`${'path'} is not JSON.`;
export const oslsNotListed = message`osls is not installed, and ${'path'} does not list it.`;
export const oslsNotInstalled = message`osls is not installed: ${'reason'}`;
export const oslsStillMissing = message`${'command'} has ended well, but there is no osls in ${'folder'} or above it.`;
export const oslsWithoutCommand = message`${'path'} names no command serverless.`;
export const oslsWouldFail = message`osls would fail, for ${'number'} reasons:\n${'reasons'}`;
export const noAnswer = message`no answer within ${'seconds'} s`;
export const proxyAnswered = message`the proxy ${'proxy'} answered ${'status'}`;
