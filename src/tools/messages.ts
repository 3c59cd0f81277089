import { message } from '../message.ts';

export const noAnswer = message`no answer within ${'seconds'} s`;
