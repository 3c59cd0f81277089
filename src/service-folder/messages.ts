import { message } from '../message.ts';

export const noService = message`there is no service here: no serverless.yml in ${'folder'} or above it.`;
export const isCode = message`${'file'} is code, which only osls runs.`;
export const missing = message`${'path'} is missing in ${'folder'}; a service in Dart has one.`;
export const notAParam = message`${'value'} is not name=value.`;
export const valueIsLost = message`${'variable'} would have no value any more.`;

export const modelNotUnderstood = message`${'path'} reads ${'name'} in a way that is not known here, so that there is no example of it. Give one with the name.`;
export const noCorsHeaders = message`no file of lib/ names Access-Control-Allow-Origin, which browsers require in the responses of ${'functions'}: with cors a REST API answers the preflight only, and the function sets the headers of its own responses.`;

export const runtimeFileMissing = message`${'path'} is missing, and the new code needs it. Nothing was written.`;
export const runtimeFileOld = message`${'path'} is older than the new code, which needs ${'name'} in its current form. Nothing was written.`;
