import { message } from '../../message.ts';

export const onlyWithStage = message`${'option'} is for a deployed function, which --stage names.`;

export const noSlashFirst = message`${'path'} does not start with a slash.`;
export const badEncoding = message`${'path'} has a % that encodes nothing.`;
export const sampleTakesNone = message`${'option'} is for the sample of an HTTP request, and ${'event'} is none.`;
export const functionTakesNone = message`${'option'} is for the sample of an HTTP request, and ${'function'} has no route.`;
export const noPayloadOfRequest = message`--payload is for the event of a source, and ${'function'} gets a request; --event names one.`;
export const noRoute = message`no route of ${'function'} takes ${'request'}; it has ${'routes'}.`;
export const otherRoute = message`no route of ${'function'} takes ${'request'}, which goes to ${'otherFunction'}; it has ${'routes'}.`;

export const noneKnown = message`${'service'} has no function with a handler that is known here.`;
export const functionFailed = message`${'function'} failed: ${'error'}`;
export const notDeployed = message`there is no function ${'name'} in ${'region'}: it is not deployed to the stage ${'stage'}.`;
