import { message } from '../message.ts';

export const notACommand = message`${'word'} is not a command.`;
export const meantAnother = message`${'word'} is not a command. Did you mean ${'command'}?`;
export const serviceIsHere = message`${'word'} is not a command, and there is a service here already: ${'file'}.`;
export const emptyValue = message`${'option'}: the value is empty.`;
