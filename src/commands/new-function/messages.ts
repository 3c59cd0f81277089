import { message } from '../../message.ts';

export const otherRuntime = message`${'problem'} What this command writes does not compile with it. Nothing was written.`;
export const nothingWritten = message`Nothing was written; --partial writes what it can. To add it yourself:\n\n${'blocks'}`;
export const leftToPaste = message`Left to paste:\n\n${'blocks'}`;
export const restWritten = message`${'reasons'} Everything else was written; it works once you paste what is shown above.`;
export const restWouldBeWritten = message`${'reasons'} Everything else would be written; it works once you paste what is shown above.`;
export const existedAlready = message`${'path'} existed already and was not changed.`;
export const modelOfPatch = message`the body of a PATCH has some of the fields of a model, so that it does not make ${'name'}.`;
export const nullBody = message`the body of a request is not null: name the model without the ?.`;
export const modelOfQuery = message`a query is no model: its fields are parameters.`;
