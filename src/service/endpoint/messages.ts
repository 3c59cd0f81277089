import { message } from '../../message.ts';

export const notAName = message`${'name'} is not a good name: ${'reason'}.`;
export const hasSpace = message`it has a space; a function is named with letters, digits, - and _`;
export const hasCharacter = message`it has the character ${'character'}; a function is named with letters, digits, - and _`;

export const notAPath = message`${'path'} is not a path: ${'reason'}.`;
export const windowsPath = message`the shell converted it to a Windows path; a second slash prevents that`;
export const noSlashFirst = message`it must start with a slash`;
export const slashLast = message`it ends with a slash`;
export const twoSlashes = message`it has two slashes in a row`;
export const dotsOnly = message`clients resolve the part ${'part'}`;
export const pathCharacter = message`it has the character ${'character'}; API Gateway takes letters, digits, and . _ : -`;
export const notAParameter = message`the part ${'part'} is not a parameter such as {id}, {id:int} or {proxy+}`;
export const notAType = message`{${'name'}} has the type ${'type'}; the types are ${'types'}`;
export const typedRest = message`{${'name'}+} is always text`;
export const restNotLast = message`{${'name'}+} takes the rest of a path, so it must be the last part`;
export const parameterTwice = message`it has the parameter {${'name'}} twice`;

export const functionExists = message`the function ${'name'} exists already.`;
export const handlerTaken = message`the function ${'name'} has the handler ${'handler'} already.`;
export const sameInCloudFormation = message`the functions ${'name'} and ${'otherName'} would have the same name in CloudFormation.`;
export const tooLongOnAws = message`the function would be called ${'name'} on AWS, which has ${'number'} characters; ${'most'} are allowed.`;
export const routeTaken = message`the function ${'name'} has ${'route'} already.`;
export const requestsTaken = message`the function ${'name'} has ${'route'} already, which takes the requests of ${'newRoute'}.`;
export const otherParameter = message`the function ${'name'} has the path ${'path'}, and a REST API allows only one name for a parameter in the same place: ${'parameter'} or ${'otherParameter'}.`;
