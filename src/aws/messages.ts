import { message } from '../message.ts';

export const notKnown = message`${'setting'} is not known here: serverless.yml says ${'variable'}.`;

export const notDeployed = message`there is no stack ${'stack'} in ${'region'}: the stage ${'stage'} is not deployed.`;

export const noCredentials = message`no AWS credentials were found. Looked at --aws-profile, AWS_PROFILE, AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY, the profile default of ~/.aws/credentials and ~/.aws/config, and the surroundings (container, EC2 instance).`;
export const profileWithoutCredentials = message`no AWS credentials: ${'source'} gives none. ${'reason'}`;
export const credentialsExpired = message`the AWS credentials have expired. They are from ${'source'}.`;
export const signInExpired = message`the AWS sign-in (SSO) of ${'source'} has expired.`;
export const codeNeeded = message`${'source'} asks for the code of an MFA device.`;
export const credentialsUnknown = message`AWS does not know the credentials from ${'source'}: ${'reason'}`;
export const signatureRefused = message`AWS refuses the signature made with the credentials from ${'source'}: ${'reason'}`;
export const denied = message`the credentials from ${'source'} may not do this: ${'reason'}`;
export const certificateNotTrusted = message`the certificate of ${'address'} is not trusted (${'code'}).`;
export const unreachable = message`${'address'} cannot be reached (${'code'}).`;
export const callFailed = message`the call to ${'address'} failed: ${'reason'}`;
export const sdkLacks = message`the AWS SDK of osls has no ${'name'}.`;
export const otherError = message`${'address'} answered ${'error'}: ${'reason'}`;

export const firstDeploymentFailed = message`the stack ${'stack'} (${'region'}) is ${'state'}: its first deployment failed, and AWS updates no such stack.`;
export const inReview = message`the stack ${'stack'} (${'region'}) is ${'state'}: a deployment was interrupted before it made anything, or another one is about to start.`;
export const removalFailed = message`the stack ${'stack'} (${'region'}) is ${'state'}: its removal failed half way.`;
export const updateFailed = message`the stack ${'stack'} (${'region'}) is ${'state'}: an update failed, and so did going back to the state before.`;
export const inProgress = message`the stack ${'stack'} (${'region'}) is ${'state'}: AWS is still at work on it.`;
export const withAwsReason = message`${'problem'} AWS says: ${'reason'}`;

export const nothingListens = message`nothing listens on ${'address'}.`;
export const connectionFailed = message`the connection to ${'address'} failed (${'code'}).`;
export const notDev = message`what listens on ${'address'} is not create-lambda-hello dev: it answered ${'status'}.`;
export const otherDev = message`the dev on ${'address'} has no function ${'name'}: it serves another service, or an older one.`;
export const tooManyRequests = message`${'name'} has too much to do: ${'reason'}`;
export const callRefused = message`the dev on ${'address'} refuses the call: ${'type'}: ${'reason'}`;
