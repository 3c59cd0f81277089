import { message } from '../../message.ts';

export const noTerminal = message`remove deletes the stack ${'stack'} (${'region'}), and there is no terminal to ask in.`;
export const signInUnchecked = message`${'problem'} osls will ask; what will be deleted cannot be shown beforehand.`;
export const bucketNotEmpty = message`the bucket ${'bucket'} of the stack ${'stack'} is not empty: it has ${'object'}. AWS cannot delete it. Nothing was removed.`;
export const otherName = message`That is not ${'name'}. Ctrl-C cancels.`;
export const nothingRemoved = message`Cancelled, nothing was removed.`;
export const stillThere = message`the stack ${'stack'} (${'region'}) is still there: ${'state'}.`;
export const stoppedAt = message`${'problem'} The stack ${'stack'} (${'region'}) is ${'state'}.`;
export const awsContinues = message`${'problem'} AWS continues a deletion that has begun.`;
