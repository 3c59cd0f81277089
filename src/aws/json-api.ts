import { AwsClient } from 'aws4fetch';
import { recordOf, tryParseJson } from '../util/json.ts';

/** The services that event source mappings read from, with the prefix of their operations. */
const TARGETS = {
  sqs: 'AmazonSQS',
  kinesis: 'Kinesis_20131202',
  dynamodb: 'DynamoDB_20120810',
  streams: 'DynamoDBStreams_20120810',
} as const;

/** The names of the services in endpoints and signatures, where they differ. */
const SIGNED_AS: Readonly<Record<string, string>> = { streams: 'dynamodb' };
const HOSTS: Readonly<Record<string, string>> = { streams: 'streams.dynamodb' };

export interface JsonApiOptions {
  /** Absent for AWS itself. */
  readonly endpoint?: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** An error of AWS, whose name is its code: `QueueDoesNotExist`. */
class ApiError extends Error {
  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

/**
 * Makes a function that calls operations of services which speak JSON over HTTP
 * (https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html).
 */
export function jsonApi({ endpoint, region, ...credentials }: JsonApiOptions) {
  const client = new AwsClient({ ...credentials, region, retries: 0 });
  return async (
    service: keyof typeof TARGETS,
    operation: string,
    input: object,
    signal: AbortSignal,
  ): Promise<Record<string, unknown>> => {
    const url = endpoint ?? `https://${HOSTS[service] ?? service}.${region}.amazonaws.com/`;
    const response = await client.fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': `application/x-amz-json-${service === 'kinesis' ? '1.1' : '1.0'}`,
        'X-Amz-Target': `${TARGETS[service]}.${operation}`,
      },
      body: JSON.stringify(input),
      signal,
      aws: { service: SIGNED_AS[service] ?? service, allHeaders: true },
    });
    const text = await response.text();
    const body = recordOf(tryParseJson(text));
    if (response.ok) return body;
    const code = String(body.__type ?? response.status).replace(/^.*#/, '');
    throw new ApiError(code, String(body.message ?? body.Message ?? text.slice(0, 200)));
  };
}
