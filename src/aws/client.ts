import { createRequire } from 'node:module';
import { CancelledError } from '../errors.ts';
import type { Stack, StackResource } from '../service/deployment.ts';
import type { Env } from '../util/env.ts';
import { asText, isRecord, recordOf, tryParseJson } from '../util/json.ts';
import { cancelledReading } from '../util/messages.ts';
import { credentialSource } from './credentials.ts';
import { type AwsCall, awsError, isNoSuchStack } from './errors.ts';
import { base64, decodeLog, type InvokeCall, type InvokeResponse } from './invoke-client.ts';
import {
  type Client,
  credentialProvider,
  httpOptions,
  type Load,
  loadSdk,
  make,
  quietly,
  type Sdk,
} from './sdk.ts';

export interface AwsOptions {
  /** The package.json of the service's osls, which brings the AWS SDK. */
  readonly osls: string;
  readonly region: string;
  /** As in `--aws-profile`. */
  readonly profile?: string | undefined;
  /** `provider.profile` of serverless.yml. */
  readonly serviceProfile?: string | undefined;
  /** Selects variables such as AWS_<STAGE>_PROFILE. */
  readonly stage?: string | undefined;
  readonly env: Env;
  /** Aborts pending calls. */
  readonly signal?: AbortSignal;
}

export interface CallerIdentity {
  readonly account: string;
  readonly arn: string;
}

/** The services in use: the package of each and its client. */
const SERVICES = {
  cloudFormation: ['@aws-sdk/client-cloudformation', 'CloudFormationClient'],
  lambda: ['@aws-sdk/client-lambda', 'LambdaClient'],
  s3: ['@aws-sdk/client-s3', 'S3Client'],
  sts: ['@aws-sdk/client-sts', 'STSClient'],
} as const;
type ServiceName = keyof typeof SERVICES;

/** In milliseconds: a function may take 15 minutes. */
const INVOKE_TIMEOUT = 905_000;

/** Prepares calls to AWS. Sends none yet. */
export const connectAws = async (options: AwsOptions): Promise<Aws> => new Aws(options);

/**
 * Makes the few AWS calls that are not left to osls, with the SDK that osls depends on, so that
 * this CLI needs none, and with the same credentials as osls. Each method throws a UserError, or a
 * CancelledError once the signal is aborted.
 */
export class Aws {
  readonly #load: Load;
  readonly #call: AwsCall;
  readonly #config: object;
  readonly #requestHandler: object;
  readonly #signal: AbortSignal | undefined;
  readonly #clients = new Map<ServiceName, Client>();

  constructor(options: AwsOptions) {
    const { osls, region, env, signal } = options;
    this.#load = createRequire(osls) as Load;
    const source = credentialSource(env, options);
    this.#call = { region, source, endpoint: env.AWS_ENDPOINT_URL || undefined };
    const requestHandler = httpOptions(this.#load);
    const credentials = credentialProvider(this.#load, source, env, requestHandler);
    this.#requestHandler = requestHandler;
    this.#config = { region, maxAttempts: 3, requestHandler, credentials };
    this.#signal = signal;
  }

  async callerIdentity(): Promise<CallerIdentity> {
    const { Account, Arn } = await this.#send('sts', 'GetCallerIdentityCommand', {});
    return { account: String(Account), arn: String(Arn) };
  }

  /** Returns the stack of that name; undefined where there is none. */
  async stack(name: string, signal = this.#signal): Promise<Stack | undefined> {
    const input = { StackName: name };
    const command = 'DescribeStacksCommand';
    const response = await this.#find('cloudFormation', command, input, isNoSuchStack, signal);
    const [stack] = records(response?.Stacks);
    return stack && toStack(stack);
  }

  /** Lists the resources of a stack, except for deleted ones. */
  async stackResources(name: string): Promise<StackResource[]> {
    const resources: StackResource[] = [];
    let NextToken: unknown;
    do {
      const input = { StackName: name, NextToken };
      const response = await this.#send('cloudFormation', 'ListStackResourcesCommand', input);
      resources.push(...records(response.StackResourceSummaries).map(toResource));
      ({ NextToken } = response);
    } while (NextToken);
    return resources.filter(({ status }) => status !== 'DELETE_COMPLETE');
  }

  /** Returns the logical ids of the resources that outlive the stack. */
  async retained(name: string): Promise<ReadonlySet<string>> {
    const response = await this.#send('cloudFormation', 'GetTemplateCommand', { StackName: name });
    return retainedIn(asText(response.TemplateBody) ?? '');
  }

  /** Returns the first key of a bucket that is outside of the folder; undefined where there is none. */
  async objectOutside(bucket: string, folder: string | undefined): Promise<string | undefined> {
    let markers: object = {};
    for (;;) {
      const input = { Bucket: bucket, ...markers };
      const page = await this.#send('s3', 'ListObjectVersionsCommand', input);
      const outside = [...records(page.Versions), ...records(page.DeleteMarkers)]
        .map(({ Key }) => String(Key))
        .find((key) => folder === undefined || !key.startsWith(folder));
      if (outside !== undefined || page.IsTruncated !== true) return outside;
      markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
  }

  /** Invokes a function and waits for its result. Undefined where there is no such function. */
  async invoke({ name, event, clientContext }: InvokeCall): Promise<InvokeResponse | undefined> {
    const input = {
      FunctionName: name,
      Payload: Buffer.from(event),
      LogType: 'Tail',
      ClientContext: clientContext === undefined ? undefined : base64(clientContext),
    };
    const isAbsent = (error: unknown) => (error as Error).name === 'ResourceNotFoundException';
    const response = await this.#find('lambda', 'InvokeCommand', input, isAbsent);
    return response && toResponse(response);
  }

  /** Sends a command and returns its output. */
  async #send(
    service: ServiceName,
    command: string,
    input: object,
  ): Promise<Record<string, unknown>> {
    return (await this.#find(service, command, input, () => false)) ?? {};
  }

  /** Sends a command; undefined where its error says that the thing does not exist. */
  async #find(
    service: ServiceName,
    command: string,
    input: object,
    isAbsent: (error: unknown) => boolean,
    abortSignal = this.#signal,
  ): Promise<Record<string, unknown> | undefined> {
    try {
      const sdk = loadSdk(this.#load, SERVICES[service][0]);
      const response = await this.#client(service, sdk).send(make(sdk, command, input), {
        abortSignal,
      });
      return recordOf(response);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      if (this.#signal?.aborted) throw new CancelledError(cancelledReading());
      throw awsError(error, this.#call);
    }
  }

  #client(service: ServiceName, sdk: Sdk): Client {
    const known = this.#clients.get(service);
    if (known !== undefined) return known;
    const requestHandler = { ...this.#requestHandler, requestTimeout: INVOKE_TIMEOUT };
    // No retries: the function may have run although its response was lost.
    const once = service === 'lambda' ? { maxAttempts: 1, requestHandler } : {};
    const name = SERVICES[service][1];
    const client = quietly(() => make(sdk, name, { ...this.#config, ...once })) as Client;
    this.#clients.set(service, client);
    return client;
  }
}

const records = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

function toStack(stack: Record<string, unknown>): Stack {
  return {
    status: String(stack.StackStatus),
    reason: asText(stack.StackStatusReason),
    outputs: Object.fromEntries(
      records(stack.Outputs).map((output) => [
        String(output.OutputKey),
        String(output.OutputValue),
      ]),
    ),
  };
}

function toResource(resource: Record<string, unknown>): StackResource {
  return {
    logicalId: String(resource.LogicalResourceId),
    type: String(resource.ResourceType),
    physicalId: asText(resource.PhysicalResourceId) ?? '',
    status: String(resource.ResourceStatus),
  };
}

function toResponse(response: Record<string, unknown>): InvokeResponse {
  const { Payload, FunctionError, LogResult, $metadata } = response;
  return {
    payload: Payload instanceof Uint8Array ? Buffer.from(Payload).toString() : '',
    functionError: asText(FunctionError),
    logs: decodeLog(asText(LogResult)),
    requestId: asText(recordOf($metadata).requestId),
  };
}

/** Reads which resources a template retains; none where it is not JSON, the format of osls. */
function retainedIn(template: string): ReadonlySet<string> {
  const { Resources } = recordOf(tryParseJson(template));
  return new Set(
    Object.entries(recordOf(Resources)).flatMap(([id, resource]) =>
      /^Retain/.test(String(recordOf(resource).DeletionPolicy)) ? [id] : [],
    ),
  );
}
