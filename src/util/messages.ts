import { message } from '../message.ts';

export const cancelled = message`Cancelled, nothing was written.`;
export const cancelledReading = message`Cancelled.`;
export const defect = message`a defect of create-lambda-hello, please report it: ${'error'}`;
export const notOneOf = message`${'value'} is not one of ${'values'}.`;
export const noSuchFile = message`there is no such file`;
export const isEmpty = message`it is empty`;
export const notAJsonObject = message`it is not a JSON object`;
export const isAFolder = message`it is a folder`;
export const unreadable = message`it cannot be read (${'code'})`;
export const fileProblem = message`${'file'}: ${'reason'}.`;
