import { message } from '../message.ts';

export const tooLarge = message`it has ${'size'} kB; a sample has ${'most'} kB at most.`;

export const noSuchModel = message`lib/models/ has no class ${'name'} with a fromJson.`;

export const listForModel = message`${'name'}=... takes one object. A list of them is ${'name'}[], once there is the model.`;

export const notAField = message`field ${'number'} is ${'text'}, but a field is name:type.`;
export const notAType = message`field ${'number'}, ${'name'}, has the type ${'type'}; the types are ${'types'}, with [] for a list and ? for what may be null.`;
export const emptyEnumValue = message`field ${'number'}, ${'name'}, has an empty value; write it as enum(open,paid).`;
export const enumValueTwice = message`field ${'number'}, ${'name'}, has the value ${'value'} twice.`;
export const fieldTwice = message`field ${'number'}, ${'name'}, appears twice.`;

export const scalarOnly = message`an object or an array is expected, such as {"id": 7}.`;
export const tooDeep = message`it is nested deeper than ${'number'} levels.`;
export const nameTwice = message`the name ${'name'} appears twice.`;
export const tooLargeNumber = message`the number ${'number'} is too large for a double.`;

export const notJson = message`${'text'} is not JSON: strings need double quotes.`;
export const nameExpected = message`a name in double quotes is expected.`;
export const valueExpected = message`a value is expected.`;
export const colonExpected = message`a colon is expected.`;
export const commaOrBraceExpected = message`a comma or } is expected.`;
export const commaOrBracketExpected = message`a comma or ] is expected.`;
export const openString = message`the string has no closing quote on its line.`;
export const openNumber = message`the number is not complete.`;
export const comment = message`JSON has no comments.`;
export const unicodeEscape = message`\\u needs four hexadecimal digits.`;
export const unknownEscape = message`after a backslash comes one of "\\/bfnrtu.`;
export const controlCharacter = message`a control character in a string must be escaped, such as a tab by \\t.`;
export const moreThanOne = message`nothing may come after the end of the JSON.`;

export const noPayload = message`--payload has no place in the event ${'event'}.`;
export const payloadIsNoObject = message`the --payload of the event ${'event'} is no JSON object.`;
