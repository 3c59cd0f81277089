import { message } from '../message.ts';

export const notAWholeNumber = message`${'value'} is not a whole number from ${'least'} to ${'most'}.`;
export const notAnAmount = message`${'value'} is not a whole number from ${'least'} to ${'most'} (${'unit'}).`;
export const notAPort = message`${'value'} is not a port, ${'least'} to ${'most'}.`;
export const notAFlag = message`it is neither true nor false.`;
export const notAString = message`it is not a string.`;
export const notTogether = message`${'option'} and ${'otherOption'} cannot be combined.`;
