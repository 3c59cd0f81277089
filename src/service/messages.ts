import { message } from '../message.ts';

export const noLetterFirst = message`it must start with a letter from a to z`;
export const yamlWord = message`YAML reads it as a value`;

export const hasSpace = message`it has a space; CloudFormation takes letters, digits and hyphens`;
export const hasCharacter = message`it has the character ${'character'}; CloudFormation takes letters, digits and hyphens`;
export const tooShort = message`it needs two characters or more`;
export const tooLong = message`it has ${'number'} characters; AWS role names leave room for ${'most'}`;
export const windowsDevice = message`Windows reserves that name for a device`;
export const dartPackage = message`services use a Dart package of that name, and pub lets no package depend on its own name`;

export const notARegion = message`${'value'} is not an AWS region.`;
export const notAStage = message`${'value'} is not the name of a stage: letters, digits and hyphens.`;

export const namelessPackage = message`it has no name.`;
export const notARecord = message`.create-lambda-hello.json is not in the form that create-lambda-hello wrote.`;
export const cannotAdd = message`it is of a form to which ${'name'} cannot be added safely.`;
