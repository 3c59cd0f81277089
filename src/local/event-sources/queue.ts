import type { QueueSource } from '../../service/function-source.ts';
import { isRecord, recordOf } from '../../util/json.ts';
import { isDelivered } from './filters.ts';
import { type BatchItem, deliver, type EventSourceMapping } from './mapping.ts';

type Message = Record<string, unknown>;

/** A message, and the record that the function gets. */
interface Received {
  readonly message: Message;
  readonly record: Message;
}

/** How many messages SQS returns at once. */
const MOST_RECEIVED = 10;
/** How long a call waits for messages, in seconds; a stand-in keeps those of a call that was cut off. */
const LONGEST_WAIT = 2;

/**
 * Delivers the messages of a queue until the signal is aborted. It deletes those that were
 * processed; the others return after the queue's visibility timeout, or go to its dead-letter
 * queue.
 *
 * @throws the error of the queue, for example that there is none
 */
export async function pollQueue(
  mapping: EventSourceMapping<QueueSource>,
  signal: AbortSignal,
): Promise<void> {
  const { call, source, region } = mapping;
  const QueueUrl = await queueUrl(mapping, signal);
  const send = (operation: string, input: object) =>
    call('sqs', operation, { QueueUrl, ...input }, signal);
  const { Attributes } = await send('GetQueueAttributes', { AttributeNames: ['QueueArn'] });
  const arn = String(recordOf(Attributes).QueueArn);
  const name = arn.split(':').at(-1) ?? arn;

  const receive = async (most: number, wait: number): Promise<Message[]> => {
    const { Messages } = await send('ReceiveMessage', {
      MaxNumberOfMessages: Math.min(most, MOST_RECEIVED),
      WaitTimeSeconds: wait,
      AttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    return Array.isArray(Messages) ? Messages.filter(isRecord) : [];
  };
  const remove = async (received: readonly Received[]): Promise<void> => {
    for (let from = 0; from < received.length; from += MOST_RECEIVED) {
      const Entries = received
        .slice(from, from + MOST_RECEIVED)
        .map(({ message: { ReceiptHandle } }, index) => ({ Id: String(index), ReceiptHandle }));
      await send('DeleteMessageBatch', { Entries });
    }
  };
  /** Receives messages, and deletes those that no filter wants. */
  const receiveWanted = async (most: number, wait: number): Promise<Received[]> => {
    const messages = await receive(most, wait);
    const received = messages.map((message) => ({
      message,
      record: recordFor(message, arn, region),
    }));
    const wanted = received.filter(({ record }) => isDelivered(source.filters, record, 'body'));
    await remove(received.filter((one) => !wanted.includes(one)));
    return wanted;
  };
  while (!signal.aborted) {
    const received = await receiveWanted(source.batchSize, LONGEST_WAIT);
    if (received.length === 0) continue;
    const end = Date.now() + (source.window ?? 0) * 1000;
    while (received.length < source.batchSize && Date.now() < end) {
      const wait = Math.min(LONGEST_WAIT, Math.ceil((end - Date.now()) / 1000));
      received.push(...(await receiveWanted(source.batchSize - received.length, wait)));
    }
    const idOf = ({ message }: Received): string => String(message.MessageId);
    const batch = received.map((one): BatchItem => ({ id: idOf(one), record: one.record }));
    const failed = await deliver(mapping, name, batch);
    if (signal.aborted) return;
    await remove(received.filter((one) => !failed.has(idOf(one))));
  }
}

/** Finds the queue by its name, or by the name that CloudFormation gives it. */
async function queueUrl(
  { call, source, stackName }: EventSourceMapping<QueueSource>,
  signal: AbortSignal,
): Promise<string> {
  const { name, logicalId } = source;
  if (name !== undefined) {
    const { QueueUrl } = await call('sqs', 'GetQueueUrl', { QueueName: name }, signal);
    return String(QueueUrl);
  }
  const input = { QueueNamePrefix: `${stackName}-${logicalId}-` };
  const { QueueUrls } = await call('sqs', 'ListQueues', input, signal);
  const [url] = Array.isArray(QueueUrls) ? QueueUrls : [];
  if (url === undefined) throw new Error(`no queue ${input.QueueNamePrefix}*`);
  return String(url);
}

/** Converts a message to the record that Lambda makes of it. */
function recordFor(message: Message, eventSourceARN: string, awsRegion: string): Message {
  const { MD5OfMessageAttributes } = message;
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(
      Object.entries(recordOf(message.MessageAttributes)).map(([name, value]) => {
        const { StringValue, BinaryValue, DataType } = recordOf(value);
        return [
          name,
          {
            ...(StringValue !== undefined && { stringValue: StringValue }),
            ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
            stringListValues: [],
            binaryListValues: [],
            dataType: DataType,
          },
        ];
      }),
    ),
    ...(MD5OfMessageAttributes !== undefined && { md5OfMessageAttributes: MD5OfMessageAttributes }),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion,
  };
}
