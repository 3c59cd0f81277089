import { message } from '../../message.ts';

export const emptyDirectory = message`the directory is empty.`;
export const badName = message`${'name'} cannot be the name of a service: ${'reason'}.`;
export const wouldOverwrite = message`${'folder'} has files that would be overwritten. Nothing was written:\n${'files'}`;
export const longTimeout = message`API Gateway waits ${'limit'} s for a function; its timeout is ${'timeout'} s`;
export const stepFailed = message`${'command'} failed. The service itself is complete, in ${'folder'}.`;
export const stepNotStarted = message`${'command'} could not be started; is it installed? The service itself is complete, in ${'folder'}.`;
export const cancelledBeforeStep = message`Cancelled. The service itself is complete, in ${'folder'}.`;
export const cancelledInStep = message`Cancelled. The service itself is complete, in ${'folder'}. Go on with: ${'command'}`;
