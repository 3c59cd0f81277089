import { message } from '../../message.ts';

export const twoFormats = message`--json and --yaml exclude each other.`;
export const checkNeedsFile = message`--check compares a file, which --out names.`;
export const noFile = message`there is no ${'file'}, so it is not what the service says.`;
export const differs = message`${'file'} is not what the service says; the diff is above.`;
