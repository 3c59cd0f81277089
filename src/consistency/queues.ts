import type { Message } from '../message.ts';
import type { Resources } from '../serverless-yml/source-events.ts';
import type { FunctionSource } from '../service/function-source.ts';
import { VISIBILITY } from '../service/new-source/made.ts';
import type { ServiceFunction } from '../service/service.ts';
import { recordOf } from '../util/json.ts';
import * as messages from './messages.ts';

/** What is inconsistent, or only unusual. */
export interface Finding {
  readonly isNote: boolean;
  readonly message: Message;
}

/** The visibility timeout of a queue that has none of its own, in seconds. */
const DEFAULT_VISIBILITY = 30;

/** The largest batch of a FIFO queue, and of any queue without a window. */
const SMALL_BATCH = 10;

/**
 * Checks what AWS requires of a queue and of its event source mapping, and what it advises
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html).
 */
export function checkQueue(
  { key, timeout }: ServiceFunction,
  source: FunctionSource,
  resources: Resources,
): Finding[] {
  if (source.source !== 'sqs') return [];
  const { name, logicalId, batchSize: size, window } = source;
  const { VisibilityTimeout: visibility, FifoQueue: fifo } = recordOf(
    recordOf(logicalId === undefined ? undefined : resources[logicalId]).Properties,
  );
  const isOwn = logicalId !== undefined && Object.hasOwn(resources, logicalId);
  const queue = logicalId ?? name ?? '';
  const found: Finding[] = [];
  const add = (message: Message, isNote = false) => found.push({ message, isNote });

  const seconds = Number(visibility ?? DEFAULT_VISIBILITY);
  const words = { queue, seconds, function: key, timeout };
  if (isOwn && seconds < timeout) add(messages.visibilityTooShort(words));
  else if (isOwn && seconds < VISIBILITY * timeout) add(messages.visibilityShort(words), true);

  const isFifo = name?.endsWith('.fifo') || String(fifo) === 'true';
  if (size > SMALL_BATCH && isFifo) add(messages.fifoBatch({ function: key, size, queue }));
  else if (size > SMALL_BATCH && window === 0) {
    add(messages.batchWithoutWindow({ function: key, size }));
  }
  return found;
}
