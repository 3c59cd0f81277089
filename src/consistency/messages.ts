import { message } from '../message.ts';

export const inconsistency = message`1 inconsistency in ${'file'} and the Dart files.`;
export const inconsistencies = message`${'number'} inconsistencies in ${'file'} and the Dart files.`;
export const noEntryPoint = message`the function ${'name'} has the handler ${'handler'}, but there is no ${'path'}.`;
export const notRegistered = message`the function ${'name'} has the handler ${'handler'}, which ${'path'} does not register.`;
export const noFunction = message`${'handler'} is registered, but no function has it as its handler.`;
export const missingImport = message`it imports ${'path'}, which is missing.`;

export const computedNames = message`the names registered here are only known at run time, and may be ${'names'}.`;
export const runtimeHanded = message`${'receiver'} receives the Runtime, is not read here, and may register ${'names'}.`;
export const noneRegistered = message`no handler is registered here; a package that it imports may register ${'names'}.`;

export const wrongEvent = message`${'handler'} is registered for ${'eventType'}, but its events are ${'classes'}.`;
export const noReader = message`${'handler'} is registered without event: ${'eventType'}.fromJson, so that nothing reads its events.`;
export const responseIgnored = message`${'handler'} returns which records of a batch have failed, which Lambda ignores: ${'function'} has no functionResponseType: ReportBatchItemFailures.`;
export const noBatchResponse = message`${'function'} has functionResponseType: ReportBatchItemFailures, but ${'handler'} returns no BatchResponse.`;
export const visibilityTooShort = message`the queue ${'queue'} has a VisibilityTimeout of ${'seconds'} s, which AWS refuses: ${'function'} has a timeout of ${'timeout'} s.`;
export const visibilityShort = message`the queue ${'queue'} has a VisibilityTimeout of ${'seconds'} s; AWS advises six times the timeout of ${'function'}, which is ${'timeout'} s.`;
export const fifoBatch = message`${'function'} has a batchSize of ${'size'}; with the FIFO queue ${'queue'}, AWS takes 10 at most.`;
export const batchWithoutWindow = message`${'function'} has a batchSize of ${'size'}; above 10, AWS requires a maximumBatchingWindow of at least 1.`;

export const readerLost = message`${'file'} uses ${'name'}, which no file that it imports declares.`;
export const parameterLost = message`${'handler'} requires the parameter ${'parameter'} of the path, which ${'path'} does not have.`;
export const parameterUnread = message`${'handler'} never reads the parameter ${'parameter'} of ${'path'}.`;
