import { message } from '../../message.ts';

export const noSuchOperation = message`No such operation is served here: ${'method'} ${'path'}`;
export const notPost = message`The method must be POST.`;
export const noSuchFunction = message`Function not found: ${'arn'}`;
export const otherQualifier = message`The derived qualifier from the function name does not match the specified qualifier.`;
export const notInEnum = message`Value '${'value'}' at '${'parameter'}' failed to satisfy constraint: Member must satisfy enum value set: [${'values'}]`;
export const notAClientContext = message`Client context must be a JSON object in base64, of at most ${'number'} bytes.`;
export const payloadTooLarge = message`Request must be smaller than ${'number'} bytes for the InvokeFunction operation`;
export const eventTooLarge = message`The payload is too large for the Event invocation type (limit ${'number'} bytes)`;
export const notJson = message`Could not parse request body into json: Could not parse payload into json: ${'reason'}`;
export const notUtf8 = message`Invalid UTF-8`;
export const rateExceeded = message`Rate Exceeded.`;
