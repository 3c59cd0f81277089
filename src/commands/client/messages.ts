import { message } from '../../message.ts';

export const outdated = message`the client is not what the service says; the diff is above.`;
export const upToDate = message`The client is up to date.`;
