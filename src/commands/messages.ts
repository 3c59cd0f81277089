import { message } from '../message.ts';

export const noEntryPoint = message`the function ${'name'} has the handler ${'handler'}, but there is no ${'path'}.`;
