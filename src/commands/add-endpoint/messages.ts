import { message } from '../../message.ts';

export const otherRuntime = message`${'problem'} What add-endpoint writes does not compile with it. Nothing was written.`;
export const runtimeFileMissing = message`${'path'} is missing, and the new handler needs it. Nothing was written.`;
export const runtimeFileOld = message`${'path'} is older than the new code, which needs ${'name'} in its current form. Nothing was written.`;

export const nothingWritten = message`Nothing was written; --partial writes what it can. To add the endpoint yourself:\n\n${'blocks'}`;
export const leftToPaste = message`Left to paste:\n\n${'blocks'}`;
export const restWritten = message`${'reasons'} Everything else was written; the endpoint works once you paste what is shown above.`;
export const restWouldBeWritten = message`${'reasons'} Everything else would be written; the endpoint works once you paste what is shown above.`;
export const existedAlready = message`${'path'} existed already and was not changed.`;

export const modelOfPatch = message`the body of a PATCH has some of the fields of a model, so that it does not make ${'name'}.`;
