import { message } from '../../message.ts';

export const notUnderstood = message`what is written here is not understood as Dart.`;
export const noRegistration = message`there is no  ..registerHandler<AwsApiGatewayEvent>('main.…', …)  in a function, after which a new one could go.`;
export const unknownForm = message`the registrations here are written in a way that no edit is known for.`;
export const unknownFormOf = message`the registration of ${'name'} is written in a way that no edit is known for.`;
export const taken = message`there is a ${'name'} already. Nothing was written.`;
export const noImport = message`it has no import.`;
export const eventNotShown = message`the import does not show ${'name'}, which the new handler takes.`;
export const corsNotShown = message`the import does not give the name cors, which adds the headers of CORS.`;
export const otherCors = message`cors is something else here than what adds the headers of CORS.`;
export const noPlaceForCors = message`there is no  ..registerHandler<AwsApiGatewayEvent>('main.…', …)  in a function, before which  ${'code'}  could go.`;
export const otherRuntime = message`the Runtime is that of package:${'package'}, not that of lib/runtime/.`;
