import { message } from '../message.ts';

export const fileInTheWay = message`a file is in the way. Nothing was written:\n${'files'}`;
export const filesInTheWay = message`files are in the way. Nothing was written:\n${'files'}`;
export const functionInUse = message`the function ${'name'} is used by ${'users'}. Nothing was written.`;

export const edited = message`it was edited since`;
export const relatedEdited = message`what belongs to it was edited since`;
export const notRecorded = message`no record says whether it was edited`;
export const editedForNothing = message`it was edited since, but nothing needs it any more`;
export const notOurs = message`this program did not write it`;
export const partUses = message`${'part'} uses it`;
export const fileImports = message`${'file'} imports it`;
export const filesImport = message`${'files'} import it`;
export const fileNames = message`${'file'} names ${'handler'}`;
export const filesName = message`${'files'} name ${'handler'}`;
export const testsKeptFile = message`it tests ${'file'}`;
export const sharedHandler = message`${'handler'} is the handler of ${'functions'}`;
export const perhapsHandler = message`${'handler'} may be the handler of ${'function'}, which is ${'otherHandler'}`;
export const perhapsHandlerAmong = message`${'handler'} may be the handler of a function of ${'variable'}`;
export const otherwiseRegistered = message`line ${'line'} registers ${'handler'} in a way that no edit is known for`;

export const modelExists = message`there is another model ${'name'}: ${'path'}.`;
export const modelInUse = message`the model ${'name'} is in use: ${'reason'}.`;
export const modelOfEndpoint = message`the model ${'name'} belongs to the endpoint ${'endpoint'}, and goes with it.`;
export const noSuchModel = message`add-model has written no model ${'name'}.`;
