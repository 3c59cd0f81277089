import { message } from '../../message.ts';

export const noEndpoint = message`No function has an http or httpApi event, or a URL.`;
export const notDeployed = message`there is no stack ${'stack'} in ${'region'}: the stage ${'stage'} is not deployed.`;
