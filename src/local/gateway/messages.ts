import { message } from '../../message.ts';

export const sameRoute = message`The functions ${'name'} and ${'otherName'} both have the route ${'route'}.`;
export const notAPath = message`API Gateway takes no path like ${'path'}.`;

// Why a response is not accepted.
export const notJson = message`it is not JSON`;
export const emptyObject = message`it is an empty object`;
export const noPrelude = message`it does not begin with a prelude of JSON`;
export const unknownKey = message`it has the key ${'key'}`;
export const noStatus = message`it has no statusCode`;
export const notAStatus = message`its statusCode is ${'value'}, not a number from 200 to 599`;
export const bodyIsAList = message`its body is a list, not a string; encode it as JSON text`;
export const bodyOfType = message`its body is of the type ${'type'}, not a string; encode it as JSON text`;
export const headersNotAMap = message`its headers are not a map`;
export const cookiesNotAList = message`its cookies are not a list`;
export const headerNotAList = message`its multiValueHeaders ${'name'} is not a list`;
export const headerNotAString = message`its header ${'name'} is not a string`;
export const headerNotSent = message`its header ${'name'} cannot be sent: ${'reason'}`;
export const badHeaderName = message`its name holds a character that HTTP does not allow`;
export const badHeaderValue = message`its value holds a character that HTTP does not allow`;

// Why a binary body stays in base64.
export const noBinaryTypes = message`the REST API has no binaryMediaTypes; set provider.apiGateway.binaryMediaTypes in serverless.yml`;
export const notABinaryType = message`the request accepts ${'type'} first, which is none of binaryMediaTypes (${'types'})`;
