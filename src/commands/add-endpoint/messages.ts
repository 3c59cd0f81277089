import { message } from '../../message.ts';

export const otherRuntime = message`${'problem'} What add-endpoint writes does not compile with it. Nothing was written.`;

export const apiHasNoCors = message`the HTTP API has no \`cors\`, which is a setting of the API and not of a route. Nothing was written.`;
export const corsOfApi = message`Note: the cors of ${'method'} ${'path'} is that of its HTTP API, provider.httpApi.cors: API Gateway answers preflights and adds the headers to all responses, so nothing else is needed.`;
export const optionsTaken = message`the preflight requests of ${'path'} go to the function ${'function'}, and with cors API Gateway would answer them. Nothing was written.`;
export const otherOrigins = message`the cors of ${'path'} allows ${'origins'}, and \`cors: true\` would allow pages of every origin. Nothing was written.`;

export const nothingWritten = message`Nothing was written; --partial writes what it can. To add the endpoint yourself:\n\n${'blocks'}`;
export const leftToPaste = message`Left to paste:\n\n${'blocks'}`;
export const restWritten = message`${'reasons'} Everything else was written; the endpoint works once you paste what is shown above.`;
export const restWouldBeWritten = message`${'reasons'} Everything else would be written; the endpoint works once you paste what is shown above.`;
export const existedAlready = message`${'path'} existed already and was not changed.`;

export const modelOfPatch = message`the body of a PATCH has some of the fields of a model, so that it does not make ${'name'}.`;

export const nullBody = message`the body of a request is not null: name the model without the ?.`;
export const modelOfQuery = message`a query is no model: its fields are parameters.`;
