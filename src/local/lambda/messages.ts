import { message } from '../../message.ts';

export const queueFull = message`too many requests wait for ${'function'}; ${'id'} was turned away`;
export const reservedUsedUp = message`the reservedConcurrency of ${'function'} is used up (${'number'}); ${'id'} was turned away`;
export const endedByItself = message`the process of ${'function'} ended by itself (${'how'}) after an invocation; the next one starts another`;
export const askedForNoOther = message`the process of ${'function'} asked for no other event within its timeout after an invocation; the next one starts another`;

// The errors of invocations that Lambda itself reports, mostly in its own words.
export const invocationFailed = message`RequestId: ${'id'} Error: ${'reason'}`;
export const taskTimedOut = message`Task timed out after ${'seconds'} seconds`;
export const initTimedOut = message`Init timed out after ${'seconds'} seconds`;
export const exitedWithStatus = message`Runtime exited with error: exit status ${'code'}`;
export const endedBySignal = message`Runtime exited with error: signal: ${'signal'}`;
export const exitedWell = message`Runtime exited without providing a reason`;
export const notStarted = message`the process could not be started: ${'code'}`;
export const responseTooLarge = message`Response payload size exceeded maximum allowed payload size (${'number'} bytes).`;
export const responseCutOff = message`The connection was closed within the response.`;
export const reportTooLarge = message`The error report was too large.`;
export const reportAborted = message`The error report was aborted.`;
export const environmentClosed = message`The environment was closed.`;
export const lambdaClosed = message`The local Lambda was closed.`;

// The errors of the Runtime API, in the words of AWS's emulator.
export const noSuchPage = message`404 page not found`;
export const invalidTransition = message`State transition from ${'state'} to ${'nextState'} failed for runtime. Error: State transition is not allowed`;
export const invalidRequestId = message`Invalid request ID`;
// Lambda says this one itself since it tells attempts apart.
export const attemptEnded = message`Invoke timeout`;
export const payloadTooLarge = message`Exceeded maximum allowed payload size (${'number'} bytes).`;
