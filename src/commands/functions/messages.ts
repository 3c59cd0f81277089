import { message } from '../../message.ts';

export const neverCalled = message`nothing calls ${'function'}: it has no event, and nothing here names it.`;
