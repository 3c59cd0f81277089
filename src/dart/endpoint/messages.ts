import { message } from '../../message.ts';

export const queryIsNoObject = message`a query is an object: {"limit": 10}.`;
export const arrayInQuery = message`${'name'} is an array, and a parameter of a query is one value: a text, a number, true or false.`;
export const objectInQuery = message`${'name'} is an object, and a parameter of a query is one value: a text, a number, true or false.`;
