import { message } from '../../message.ts';

export const queryIsNoObject = message`a query is an object: {"limit": 10}.`;
export const mixedInQuery = message`${'name'} is a list of different types, and one in a query is of texts, of numbers or of booleans.`;
export const objectInQuery = message`${'name'} is an object, and a parameter of a query is a text, a number, true or false, or a list of these.`;
