import { message } from '../../message.ts';

export const notAModelName = message`${'name'} is no name for a model: it begins with a capital letter, and has letters and digits only.`;
export const isAType = message`${'name'} is no name for a model: Dart, lib/runtime/ or package:test has a type of that name.`;
