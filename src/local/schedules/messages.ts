import { message } from '../../message.ts';

export const notASchedule = message`a schedule of ${'function'} does not fire: AWS takes no expression like ${'expression'}.`;
