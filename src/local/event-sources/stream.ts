import { setTimeout as wait } from 'node:timers/promises';
import type { StreamSource } from '../../service/function-source.ts';
import { isRecord, recordOf } from '../../util/json.ts';
import { isDelivered } from './filters.ts';
import { type BatchItem, deliver, type EventSourceMapping } from './mapping.ts';
import { type Shards, shardsOf } from './shards.ts';

type StreamMapping = EventSourceMapping<StreamSource>;

/** How long to wait after a read without records, and after a batch that failed, in milliseconds. */
const IDLE_MS = 250;

/**
 * Delivers the records of a stream until the signal is aborted, those of each shard in order. A
 * batch that fails holds up its shard while it is tried again.
 *
 * @throws the error of the stream, for example that there is none
 */
export async function pollStream(mapping: StreamMapping, signal: AbortSignal): Promise<void> {
  const shards = await shardsOf(mapping, signal);
  await Promise.all(shards.ids.map((id) => pollShard(mapping, shards, id, signal)));
  await wait(IDLE_MS, undefined, { signal });
}

async function pollShard(
  mapping: StreamMapping,
  { arn, name, iteratorOf, read, item }: Shards,
  shard: string,
  signal: AbortSignal,
): Promise<void> {
  const { source } = mapping;
  let iterator: unknown = await iteratorOf(shard);
  let gathered: BatchItem[] = [];
  let end = 0;
  while (!signal.aborted && typeof iterator === 'string') {
    const { Records, next } = await read(iterator, source.batchSize - gathered.length);
    iterator = next;
    const items = Records.filter(isRecord).map((record) => item(record, shard, arn));
    if (gathered.length === 0) end = Date.now() + (source.window ?? 0) * 1000;
    gathered.push(...items.filter((each) => isWanted(source, each)));
    const isOver = gathered.length >= source.batchSize || Date.now() >= end || next === undefined;
    if (gathered.length > 0 && isOver) {
      await deliverAll(mapping, name, gathered, signal);
      gathered = [];
    } else if (items.length === 0) await wait(IDLE_MS, undefined, { signal });
  }
  // A closed shard has no more records; the others go on.
  if (!signal.aborted) await wait(2 ** 31 - 1, undefined, { signal, ref: false });
}

/** Filters look at the data of a Kinesis record as text. */
function isWanted({ source, filters }: StreamSource, { record }: BatchItem): boolean {
  if (source === 'dynamodb') return isDelivered(filters, record);
  const { kinesis, ...rest } = record;
  const { data, ...fields } = recordOf(kinesis);
  const text = Buffer.from(String(data), 'base64').toString();
  return isDelivered(filters, { ...rest, ...fields, data: text }, 'data');
}

/**
 * Delivers a batch until it is processed or its retries are used up. After a partial failure the
 * first record that failed and all after it are tried again.
 */
async function deliverAll(
  mapping: StreamMapping,
  name: string,
  batch: readonly BatchItem[],
  signal: AbortSignal,
): Promise<void> {
  const { retries = Number.POSITIVE_INFINITY, bisects } = mapping.source;
  let left = batch;
  for (let attempt = 0; left.length > 0 && !signal.aborted; attempt++) {
    const failed = await deliver(mapping, name, left);
    const first = left.findIndex(({ id }) => failed.has(id));
    if (first === -1) return;
    left = left.slice(first);
    if (attempt >= retries) return giveUp(mapping, left, attempt + 1, signal);
    await wait(IDLE_MS, undefined, { signal });
    if (bisects && first === 0 && left.length > 1) {
      const middle = Math.ceil(left.length / 2);
      await deliverAll(mapping, name, left.slice(0, middle), signal);
      left = left.slice(middle);
    }
  }
}

/** Reports a batch that is given up to its destination, a queue. */
async function giveUp(
  { call, source, functionArn }: StreamMapping,
  batch: readonly BatchItem[],
  attempts: number,
  signal: AbortSignal,
): Promise<void> {
  const QueueName = source.onFailure?.name;
  if (QueueName === undefined) return;
  const { QueueUrl } = await call('sqs', 'GetQueueUrl', { QueueName }, signal);
  const isKinesis = source.source === 'kinesis';
  const MessageBody = JSON.stringify({
    requestContext: {
      functionArn,
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: attempts,
    },
    version: '1.0',
    timestamp: new Date().toISOString(),
    [isKinesis ? 'KinesisBatchInfo' : 'DDBStreamBatchInfo']: {
      startSequenceNumber: batch[0]?.id,
      endSequenceNumber: batch.at(-1)?.id,
      batchSize: batch.length,
      streamArn: batch[0]?.record.eventSourceARN,
    },
  });
  await call('sqs', 'SendMessage', { QueueUrl, MessageBody }, signal);
}
