import { message } from '../../message.ts';

export const checksFailed = message`${'number'} of ${'total'} checks failed: ${'titles'}.`;
