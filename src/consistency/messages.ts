import { message } from '../message.ts';

export const inconsistency = message`1 inconsistency between ${'file'} and the Dart files.`;
export const inconsistencies = message`${'number'} inconsistencies between ${'file'} and the Dart files.`;
export const noEntryPoint = message`the function ${'name'} has the handler ${'handler'}, but there is no ${'path'}.`;
export const notRegistered = message`the function ${'name'} has the handler ${'handler'}, which ${'path'} does not register.`;
export const noFunction = message`${'handler'} is registered, but no function has it as its handler.`;
export const missingImport = message`it imports ${'path'}, which is missing.`;

export const computedNames = message`the names registered here are only known at run time, and may be ${'names'}.`;
export const runtimeHanded = message`${'receiver'} receives the Runtime, is not read here, and may register ${'names'}.`;
export const noneRegistered = message`no handler is registered here; a package that it imports may register ${'names'}.`;
