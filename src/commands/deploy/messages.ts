import { message } from '../../message.ts';

export const signInUnchecked = message`${'problem'} osls will ask; account and stack are not checked beforehand.`;

export const nothingDeployed = message`Cancelled, nothing was deployed.`;
export const nothingCreated = message`Interrupted. Nothing was created on AWS: there is no stack ${'stack'} (${'region'}).`;
export const blocked = message`Interrupted: ${'problem'}`;
export const incomplete = message`Interrupted: the stack ${'stack'} (${'region'}) is ${'state'}. Deploy again to complete it.`;
export const stateUnknown = message`Interrupted. The state is unknown: the stack ${'stack'} (${'region'}) may be unchanged, or AWS may still be updating it.`;

export const urlsMissing = message`the stack has no URL for ${'number'} of the endpoints`;
export const urlsOnAws = message`AWS_ENDPOINT_URL is ${'address'}, but these URLs lead to AWS itself; their addresses on an AWS emulator are unknown`;

export const smokeWithoutUrls = message`the service is deployed, but --smoke cannot call it: ${'number'} of its endpoints have no known URL.`;
export const smokeOnEmulator = message`the service is deployed, but --smoke cannot call it: AWS_ENDPOINT_URL is set, and the addresses of the endpoints on an AWS emulator are unknown.`;
export const smokeCancelled = message`Cancelled while calling the endpoints. The service is deployed.`;
export const smokeFailed = message`the service is deployed, but ${'number'} of ${'total'} GET endpoints failed.`;
