import { message } from '../../message.ts';

export const notARate = message`it is a number with minute, hour or day, in the plural unless it is 1, or cron(...).`;
export const notACron = message`it has six fields, of which the day of the month or the day of the week is a question mark.`;
export const notATimeZone = message`there is no such time zone.`;
export const notAPattern = message`a pattern is a JSON object.`;
export const notInLists = message`the values of a pattern are in lists, and ${'name'} has one that is not.`;
export const notAFieldOfEvents = message`events have no field ${'name'}; they have ${'names'}.`;
export const notOfThatForm = message`it is not in that form.`;

export const noSuchResource = message`serverless.yml has no ${'kind'} ${'name'}.`;
export const noStream = message`${'place'} has no stream.`;
export const notAnArnOf = message`${'value'} is no ARN of a ${'kind'}.`;
export const notANameOf = message`${'value'} is no name of a ${'kind'}.`;
export const notCreatedByArn = message`--create makes a ${'kind'} by its name, and ${'value'} is that of one that exists.`;

export const ownerNames = message`its owner names the function`;
export const oslsMakesRule = message`osls makes the rule`;
export const oslsMakesRoute = message`osls makes the route`;
export const defaultBus = message`the default bus is there, and --bus names another one`;
export const groupHasToExist = message`the log group is another function's or another service's`;

export const attachAuthorizer = message`Nothing calls ${'function'} yet: name it as the authorizer of a route. docs/events/authorizer.md of create-lambda-hello has the lines.`;
export const attachFirehose = message`Nothing calls ${'function'} yet: name it in the ProcessingConfiguration of a Firehose stream.`;
export const attachReceiptRule = message`Nothing calls ${'function'} yet: name it in a receipt rule of SES${'permission'}.`;
export const attachResolver = message`Nothing calls ${'function'} yet: name it in a data source of an AppSync API.`;
