import { message } from '../../message.ts';

export const circular = message`it is circular`;
export const notAVariable = message`osls cannot read it as a variable`;
export const notAString = message`it is not a string, and cannot be part of one`;
export const notABoolean = message`strToBool accepts true, false, 1 and 0`;
export const namesNoFile = message`it names no file`;
export const isCode = message`it is code, which is not run here: write its values as YAML or JSON, or set them in .env or by --param`;
export const isOutside = message`it is outside of the service's folder, where nothing is read: copy it into the folder, or set what is needed of it in .env or by --param`;
export const notUtf8 = message`it is not UTF-8 text`;
