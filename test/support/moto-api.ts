import { jsonApi } from '../../src/aws/json-api.ts';
import type { CallApi } from '../../src/local/event-sources/mapping.ts';
import { type Moto, REGION } from './moto.ts';

/** The account that moto plays. */
export const ACCOUNT = '123456789012';

/** Calls moto as `dev` does, for what osls brings no client of. */
export interface MotoApi {
  readonly api: CallApi;
  /** Calls a service whose API is JSON: `call('sqs', 'CreateQueue', {...})`. */
  call(
    service: Parameters<CallApi>[0],
    operation: string,
    input: object,
    // biome-ignore lint/suspicious/noExplicitAny: what it is, the test says
  ): Promise<any>;
  /** Creates a queue; resolves with its URL. */
  createQueue(name: string, attributes?: object): Promise<string>;
  /** Makes a topic, whose notifications go to a queue, and publishes one. */
  publish(topic: string, queue: string, message: string): Promise<void>;
}

export function motoApi({ origin }: Moto): MotoApi {
  const keys = { accessKeyId: 'test', secretAccessKey: 'test' };
  const api = jsonApi({ endpoint: origin, region: REGION, ...keys });
  const call: MotoApi['call'] = (service, operation, input) =>
    api(service, operation, input, AbortSignal.any([]));
  const sns = async (Action: string, more: Record<string, string>) => {
    const credential = `test/20260101/${REGION}/sns/aws4_request`;
    const response = await fetch(origin, {
      method: 'POST',
      headers: {
        Authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`,
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ Action, ...more }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${Action}: ${text}`);
  };
  return {
    api,
    call,
    async createQueue(QueueName, Attributes = {}) {
      const { QueueUrl } = await call('sqs', 'CreateQueue', { QueueName, Attributes });
      return QueueUrl;
    },
    async publish(topic, queue, Message) {
      const TopicArn = `arn:aws:sns:${REGION}:${ACCOUNT}:${topic}`;
      const Endpoint = `arn:aws:sqs:${REGION}:${ACCOUNT}:${queue}`;
      await sns('CreateTopic', { Name: topic });
      await sns('Subscribe', { TopicArn, Protocol: 'sqs', Endpoint });
      await sns('Publish', { TopicArn, Message });
    },
  };
}
