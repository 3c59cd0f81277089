import { message } from '../message.ts';

export const argumentMissing = message`${'argument'} is missing, and there is no terminal to ask in.`;
