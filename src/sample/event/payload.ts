import { createHash } from 'node:crypto';
import { UsageError } from '../../errors.ts';
import { isRecord, recordOf } from '../../util/json.ts';
import * as messages from '../messages.ts';
import { withLogData } from './log-data.ts';
import type { SampleName } from './names.ts';
import { isMessage } from './websocket.ts';

type Json = Record<string, unknown>;

/**
 * Puts a payload where it belongs in an event of that kind.
 *
 * @param json the payload as JSON
 * @throws UsageError where such an event has no place for it
 */
export function withPayload(name: SampleName, event: unknown, json: string): unknown {
  const value: unknown = JSON.parse(json);
  const text = json.trim();
  switch (name) {
    case 'sqs':
      return onlyRecord(event, {
        body: text,
        md5OfBody: createHash('md5').update(text).digest('hex'),
      });
    case 'sns': {
      const { Sns } = firstRecord(event);
      return onlyRecord(event, { Sns: { ...recordOf(Sns), Message: text } });
    }
    case 'kinesis': {
      const { kinesis } = firstRecord(event);
      const data = Buffer.from(text).toString('base64');
      return onlyRecord(event, { kinesis: { ...recordOf(kinesis), data } });
    }
    case 'dynamodb':
      return withItem(event, requireMap(value, name));
    case 'eventbridge':
      return { ...recordOf(event), detail: requireMap(value, name) };
    case 'schedule':
    case 'iot':
      // The input of a schedule takes the place of its event, and that of a rule has no other.
      return value;
    case 'cognito': {
      const { request } = recordOf(event);
      return { ...recordOf(event), request: { ...recordOf(request), ...requireMap(value, name) } };
    }
    case 'firehose': {
      const [record] = recordOf(event).records as Json[];
      const data = Buffer.from(text).toString('base64');
      return { ...recordOf(event), records: [{ ...record, data }] };
    }
    case 'logs':
      return withLogData(recordOf(event), (data) => {
        const [line] = data.logEvents as Json[];
        return { ...data, logEvents: [{ ...line, message: text }] };
      });
    case 'websocket':
      if (isMessage(recordOf(event))) return { ...recordOf(event), body: text };
      break;
    case 'appsync':
      return { ...recordOf(event), arguments: requireMap(value, name) };
  }
  throw new UsageError(messages.noPayload({ event: name }), `--data '{"id": 7}'`);
}

const firstRecord = (event: unknown): Json => (recordOf(event).Records as Json[])[0] ?? {};

const onlyRecord = (event: unknown, properties: Json): Json => ({
  ...recordOf(event),
  Records: [{ ...firstRecord(event), ...properties }],
});

function requireMap(value: unknown, event: SampleName): Json {
  if (isRecord(value)) return value;
  throw new UsageError(messages.payloadIsNoObject({ event }), `--payload '{"id": "7"}'`);
}

/** Makes the event of a new item, whose first property is its key if it has none of the sample's. */
function withItem(event: unknown, item: Json): Json {
  const dynamodb = recordOf(firstRecord(event).dynamodb);
  const image = Object.fromEntries(
    Object.entries(item).map(([name, value]) => [name, attributeValue(value)]),
  );
  const keys = Object.keys(recordOf(dynamodb.Keys)).filter((key) => key in image);
  const names = keys.length > 0 ? keys : Object.keys(image).slice(0, 1);
  const Keys = Object.fromEntries(names.map((name) => [name, image[name]]));
  return onlyRecord(event, { dynamodb: { ...dynamodb, Keys, NewImage: image } });
}

/**
 * Converts JSON to a DynamoDB attribute value
 * (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html).
 */
function attributeValue(value: unknown): Json {
  if (value === null) return { NULL: true };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(attributeValue) };
  if (!isRecord(value)) return { S: String(value) };
  const entries = Object.entries(value).map(([name, each]) => [name, attributeValue(each)]);
  return { M: Object.fromEntries(entries) };
}
