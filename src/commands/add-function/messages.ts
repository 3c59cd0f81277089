import { message } from '../../message.ts';

export const eventMissing = message`say what calls the function; the sources are ${'names'}.`;
export const optionOfOther = message`${'option'} is for ${'sources'}, not for ${'source'}.`;
export const optionMissing = message`a function of ${'source'} needs ${'option'}.`;
export const onlyOneOf = message`${'option'} and ${'otherOption'} are both there.`;
export const nothingToCreate = message`there is nothing for --create to make for ${'source'}: ${'reason'}.`;
export const onlyForSenders = message`${'option'} is for CustomEmailSender and CustomSMSSender, not for ${'trigger'}.`;
export const noPayload = message`--payload is for ${'sources'}, not for ${'source'}.`;
export const notElsewhere = message`it is an ARN, or import: and the name of an export.`;

export const addedFunction = message`Added ${'function'}, for ${'about'}. Its code: ${'handler'}`;
