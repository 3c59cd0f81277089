import type { QueueSource, StreamSource } from '../../service/function-source.ts';
import { isRecord, recordOf, tryParseJson } from '../../util/json.ts';
import type { Invoke } from '../lambda/invocation.ts';
import type { Reporter } from '../report.ts';
import { sendEvent } from '../send-event.ts';

/** Calls an operation of a service of AWS, or of a stand-in. Rejects with its error. */
export type CallApi = (
  service: 'sqs' | 'kinesis' | 'dynamodb' | 'streams',
  operation: string,
  input: object,
  signal: AbortSignal,
) => Promise<Record<string, unknown>>;

/** An event source mapping: a function, what it reads from, and how. */
export interface EventSourceMapping<T = QueueSource | StreamSource> {
  readonly functionKey: string;
  readonly functionArn: string;
  readonly source: T;
  /** What the names of resources without one start with: the name of the stack. */
  readonly stackName: string;
  readonly region: string;
  readonly call: CallApi;
  readonly invoke: Invoke;
  readonly report: Reporter;
}

/** A record of a batch: what names it in `batchItemFailures`, and what the function gets. */
export interface BatchItem {
  readonly id: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/**
 * Invokes the function with a batch, and returns the ids of the records that failed: all of them
 * where the function failed, or names one that is not in the batch
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html).
 */
export async function deliver(
  { functionKey, source, invoke, report }: EventSourceMapping,
  from: string,
  batch: readonly BatchItem[],
): Promise<ReadonlySet<string>> {
  const Records = batch.map(({ record }) => record);
  const { payload, ms, requestId } = await sendEvent(invoke, functionKey, { Records });
  const ids = batch.map(({ id }) => id);
  const failed =
    payload === undefined
      ? new Set(ids)
      : source.reportsFailures
        ? failuresIn(payload, ids)
        : new Set<string>();
  report({
    type: 'delivery',
    function: functionKey,
    source: source.source,
    from,
    records: batch.length,
    failed: failed.size,
    ms,
    requestId,
  });
  return failed;
}

function failuresIn(payload: Buffer, ids: readonly string[]): ReadonlySet<string> {
  const { batchItemFailures } = recordOf(tryParseJson(payload.toString()));
  if (batchItemFailures === undefined || batchItemFailures === null) return new Set();
  if (!Array.isArray(batchItemFailures)) return new Set(ids);
  const failed = batchItemFailures.map((each) =>
    isRecord(each) ? each.itemIdentifier : undefined,
  );
  const known = failed.filter((id): id is string => typeof id === 'string' && ids.includes(id));
  return new Set(known.length === failed.length ? known : ids);
}
