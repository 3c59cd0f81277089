import { message } from '../../message.ts';

export const noEndpoint = message`No function has an http or httpApi event, or a URL.`;
