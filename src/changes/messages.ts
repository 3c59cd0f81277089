import { message } from '../message.ts';

export const notAFolder = message`${'path'} is no folder. Nothing was written.`;
export const notAFile = message`${'path'} is no file. Nothing was written.`;
export const isALink = message`${'path'} is a link, and links are not followed. Nothing was written.`;
export const fileChanged = message`${'path'} was changed by something else meanwhile. Nothing was written.`;
export const folderChanged = message`${'folder'} was changed by something else while the service was written; nothing of it was touched.`;
export const locked = message`another create-lambda-hello is changing this service. Nothing was written.`;
export const lockedBy = message`another create-lambda-hello (process ${'id'}) is changing this service. Nothing was written.`;
export const notRestored = message`the change failed, and taking it back failed too:\n${'reasons'}`;

export const targetIsAFile = message`${'folder'} is a file.`;
export const targetIsABrokenLink = message`${'folder'} is a link to something that does not exist.`;

export const notWritable = message`cannot write to ${'folder'}: ${'reason'}.`;
export const permissionDenied = message`permission denied`;
export const notPermitted = message`not permitted`;
export const readOnly = message`the file system is read-only`;
export const diskFull = message`the disk is full`;
export const quotaUsedUp = message`your disk quota is used up`;
export const partIsAFile = message`a part of the path is a file`;
export const oddCharacter = message`the path has a character that no path may have`;
export const pathTooLong = message`the path is too long`;
export const linkLoop = message`its links form a loop`;
export const vanished = message`the folder vanished, or a link in its path leads nowhere`;

export const isAFolder = message`${'path'} is a folder.`;
export const unreadable = message`${'path'} cannot be read (${'code'}).`;
export const notUtf8 = message`${'path'} is not UTF-8 text.`;
