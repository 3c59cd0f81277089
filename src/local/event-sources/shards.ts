import { ACCOUNT_ID } from '../../service/defaults.ts';
import type { StreamSource } from '../../service/function-source.ts';
import { isRecord, recordOf } from '../../util/json.ts';
import type { BatchItem, EventSourceMapping } from './mapping.ts';

/** The shards of a Kinesis data stream or of a table's stream, and how they are read. */
export interface Shards {
  readonly arn: string;
  readonly name: string;
  readonly ids: readonly string[];
  iteratorOf(shard: string): Promise<unknown>;
  /** Reads records after an iterator; `next` is the one after them, undefined at the end. */
  read(iterator: string, most: number): Promise<{ Records: readonly unknown[]; next: unknown }>;
  item(record: Record<string, unknown>, shard: string, arn: string): BatchItem;
}

/** Finds the shards of a stream, and of a table the stream. */
export async function shardsOf(
  mapping: EventSourceMapping<StreamSource>,
  signal: AbortSignal,
): Promise<Shards> {
  const { call, source, region } = mapping;
  const isKinesis = source.source === 'kinesis';
  const service = isKinesis ? 'kinesis' : 'streams';
  const name = source.name ?? source.logicalId ?? '';
  const key = isKinesis ? { StreamName: name } : { StreamArn: await tableStream(name) };
  const { StreamDescription } = await call(service, 'DescribeStream', key, signal);
  const { StreamARN, StreamArn, Shards } = recordOf(StreamDescription);
  const arn = String(StreamARN ?? StreamArn);

  async function tableStream(TableName: string): Promise<string> {
    const { Table } = await call('dynamodb', 'DescribeTable', { TableName }, signal);
    const { LatestStreamArn } = recordOf(Table);
    if (typeof LatestStreamArn !== 'string') throw new Error(`${TableName} has no stream`);
    return LatestStreamArn;
  }
  return {
    arn,
    name,
    ids: (Array.isArray(Shards) ? Shards : [])
      .filter(isRecord)
      .map(({ ShardId }) => String(ShardId)),
    iteratorOf: async (ShardId) => {
      const ShardIteratorType = source.startingPosition === 'LATEST' ? 'LATEST' : 'TRIM_HORIZON';
      const input = { ...key, ShardId, ShardIteratorType };
      return (await call(service, 'GetShardIterator', input, signal)).ShardIterator;
    },
    read: async (ShardIterator, most) => {
      const input = { ShardIterator, Limit: Math.min(most, 1000) };
      const { Records, NextShardIterator } = await call(service, 'GetRecords', input, signal);
      return {
        Records: Array.isArray(Records) ? Records : [],
        next: NextShardIterator ?? undefined,
      };
    },
    item: (record, shard, eventSourceARN) =>
      isKinesis
        ? kinesisItem(record, shard, eventSourceARN, region)
        : { id: sequenceOf(record), record: { ...record, eventSourceARN } },
  };
}

const sequenceOf = ({ dynamodb }: Record<string, unknown>): string =>
  String(recordOf(dynamodb).SequenceNumber);

function kinesisItem(
  record: Record<string, unknown>,
  shard: string,
  eventSourceARN: string,
  awsRegion: string,
): BatchItem {
  const id = String(record.SequenceNumber);
  return {
    id,
    record: {
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: record.PartitionKey,
        sequenceNumber: id,
        data: record.Data,
        approximateArrivalTimestamp: record.ApproximateArrivalTimestamp,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${shard}:${id}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: `arn:aws:iam::${ACCOUNT_ID}:role/lambda`,
      awsRegion,
      eventSourceARN,
    },
  };
}
