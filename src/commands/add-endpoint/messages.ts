import { message } from '../../message.ts';

export const apiHasNoCors = message`the HTTP API has no \`cors\`, which is a setting of the API and not of a route. Nothing was written.`;
export const corsOfApi = message`Note: the cors of ${'method'} ${'path'} is that of its HTTP API, provider.httpApi.cors: API Gateway answers preflights and adds the headers to all responses, so nothing else is needed.`;
export const optionsTaken = message`the preflight requests of ${'path'} go to the function ${'function'}, and with cors API Gateway would answer them. Nothing was written.`;
export const otherOrigins = message`the cors of ${'path'} allows ${'origins'}, and \`cors: true\` would allow pages of every origin. Nothing was written.`;

export const addedEndpoint = message`Added ${'method'} ${'path'}. Its code: ${'handler'}`;
