import { message } from '../message.ts';

export const portInUse = message`Port ${'port'} is in use.`;
export const portNotAllowed = message`This user may not listen on port ${'port'}.`;
export const notOurAddress = message`${'host'} is not an address of this machine.`;

export const responseNotAccepted = message`${'api'} does not accept the response of ${'function'} to ${'id'}: ${'reason'}`;
export const bodyInBase64 = message`${'function'} returned a binary body, and the client got it in base64, as on AWS: ${'reason'}`;
export const corsHeadersMissing = message`${'function'} returned a response without ${'headers'}, which a browser withholds from the page: with cors a REST API answers the preflight only, and the function sets the headers of its own responses. Try: ${'code'}`;

export const hostNotServed = message`The host ${'host'} is not served here. Start dev with --host to allow others.`;
export const hasOrigin = message`A web page may not call Lambda's APIs here, and this request has the Origin ${'origin'}.`;
export const hasFetchSite = message`A web page may not call Lambda's APIs here, and this request has the Sec-Fetch-Site ${'site'}.`;
export const publicHost = message`Lambda's APIs are not served to the host ${'host'}, as anyone may own that name; call them by an address or by localhost.`;
export const notOfThePage = message`Only the page itself may ask that, and this request comes from another one.`;
