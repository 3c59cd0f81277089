import { message } from '../../message.ts';

export const noDartSdk = message`no Dart SDK was found: ${'whatWasTried'}.`;
export const builtForAnother = message`${'path'} is for Linux on ${'processor'}, and this is ${'system'} on ${'ownProcessor'}.`;
export const notBuilt = message`there is no ${'path'}.`;
