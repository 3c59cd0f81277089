import { createRequire } from 'node:module';
import { CancelledError } from '../errors.ts';
import type { Stack, StackResource } from '../service/deployment.ts';
import type { Env } from '../util/env.ts';
import { asText, isRecord } from '../util/json.ts';
import { credentialSource } from './credentials.ts';
import { type AwsCall, awsError, isNoSuchStack } from './errors.ts';
import { base64, decodeLog, type InvokeAnswer, type InvokeCall } from './invoke-client.ts';
import {
  type Client,
  credentialProvider,
  httpOptions,
  type Load,
  make,
  quietly,
  type Sdk,
} from './sdk.ts';

export { SignInError } from './errors.ts';
export type { Stack, StackResource };

export interface AwsOptions {
  /** The package.json of the service's osls, which brings the AWS SDK. */
  readonly osls: string;
  readonly region: string;
  /** As `--aws-profile`. */
  readonly profile?: string | undefined;
  /** `provider.profile` of serverless.yml. */
  readonly serviceProfile?: string | undefined;
  /** Decides on AWS_<STAGE>_PROFILE and the like. */
  readonly stage?: string | undefined;
  readonly env: Env;
  /** Ends what is under way. */
  readonly signal?: AbortSignal;
}

export interface CallerIdentity {
  readonly account: string;
  readonly arn: string;
}

/** The few AWS calls that are ours; everything else is left to osls. Each throws a UserError. */
export interface Aws {
  callerIdentity(): Promise<CallerIdentity>;
  /** The stack of the name, or undefined when there is none. */
  stack(name: string, signal?: AbortSignal): Promise<Stack | undefined>;
  /** What is in a stack, but for what is deleted already. */
  stackResources(name: string): Promise<StackResource[]>;
  /** The logical ids of a stack's resources that stay when it is deleted. */
  retained(name: string): Promise<ReadonlySet<string>>;
  /** The first object of a bucket outside of the folder, or undefined. */
  objectOutside(bucket: string, folder: string | undefined): Promise<string | undefined>;
  /** Invokes a function once, and waits as long as it takes. Undefined when there is no such function. */
  invoke(call: InvokeCall): Promise<InvokeAnswer | undefined>;
}

/** A function may take 15 minutes. */
const INVOKE_TIMEOUT = 905_000;

/**
 * Connects to AWS with the SDK that osls brings into the service, so that this
 * CLI needs none, and with the credentials that osls will use. Nothing is asked
 * of AWS yet.
 */
export async function connectAws(options: AwsOptions): Promise<Aws> {
  const { osls, region, env, signal } = options;
  const load = createRequire(osls) as Load;
  const source = credentialSource(env, options);
  const call: AwsCall = { region, source, endpoint: env.AWS_ENDPOINT_URL || undefined };
  const requestHandler = httpOptions(load);
  const config = {
    region,
    maxAttempts: 3,
    requestHandler,
    credentials: credentialProvider(load, source, env, requestHandler),
  };
  /** A function may have run though its answer was lost: it is not called again. */
  const lambdaConfig = {
    ...config,
    maxAttempts: 1,
    requestHandler: { ...requestHandler, requestTimeout: INVOKE_TIMEOUT },
  };
  const clients = new Map<string, Client>();

  async function send(
    packageName: string,
    clientName: string,
    commandName: string,
    input: object,
    abortSignal = signal,
  ): Promise<Record<string, unknown>> {
    const sdk = load(packageName) as Sdk;
    let client = clients.get(packageName);
    if (client === undefined) {
      client = quietly(() =>
        make(sdk, clientName, clientName === 'LambdaClient' ? lambdaConfig : config),
      ) as Client;
      clients.set(packageName, client);
    }
    const reply = await client.send(make(sdk, commandName, input), { abortSignal });
    return isRecord(reply) ? reply : {};
  }
  const cloudFormation = (command: string, input: object, abortSignal?: AbortSignal) =>
    send(
      '@aws-sdk/client-cloudformation',
      'CloudFormationClient',
      command,
      input,
      abortSignal ?? signal,
    );

  /** Runs calls; what they throw becomes an error for the user. */
  async function telling<T>(calls: () => Promise<T>): Promise<T> {
    try {
      return await calls();
    } catch (error) {
      if (signal?.aborted) throw new CancelledError('Cancelled.');
      throw awsError(error, call);
    }
  }

  return {
    callerIdentity: () =>
      telling(async () => {
        const sts = '@aws-sdk/client-sts';
        const { Account, Arn } = await send(sts, 'STSClient', 'GetCallerIdentityCommand', {});
        return { account: String(Account), arn: String(Arn) };
      }),
    stack: (name, abortSignal) =>
      telling(async () => {
        try {
          const input = { StackName: name };
          const reply = await cloudFormation('DescribeStacksCommand', input, abortSignal);
          const [stack] = records(reply.Stacks);
          return stack === undefined ? undefined : toStack(stack);
        } catch (error) {
          if (isNoSuchStack(error)) return undefined;
          throw error;
        }
      }),
    stackResources: (name) =>
      telling(async () => {
        const resources: StackResource[] = [];
        let NextToken: unknown;
        do {
          const input = { StackName: name, NextToken };
          const reply = await cloudFormation('ListStackResourcesCommand', input);
          resources.push(...records(reply.StackResourceSummaries).map(toResource));
          ({ NextToken } = reply);
        } while (NextToken);
        return resources.filter(({ status }) => status !== 'DELETE_COMPLETE');
      }),
    retained: (name) =>
      telling(async () => {
        const reply = await cloudFormation('GetTemplateCommand', { StackName: name });
        return retainedIn(asText(reply.TemplateBody) ?? '');
      }),
    objectOutside: (bucket, folder) =>
      telling(async () => {
        let markers: object = {};
        for (;;) {
          const page = await send('@aws-sdk/client-s3', 'S3Client', 'ListObjectVersionsCommand', {
            Bucket: bucket,
            ...markers,
          });
          const keys = [...records(page.Versions), ...records(page.DeleteMarkers)];
          const outside = keys
            .map(({ Key }) => String(Key))
            .find((key) => folder === undefined || !key.startsWith(folder));
          if (outside !== undefined || page.IsTruncated !== true) return outside;
          markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
        }
      }),
    invoke: ({ name, event, clientContext }) =>
      telling(async () => {
        const input = {
          FunctionName: name,
          Payload: Buffer.from(event),
          LogType: 'Tail',
          ClientContext: clientContext === undefined ? undefined : base64(clientContext),
        };
        try {
          const lambda = '@aws-sdk/client-lambda';
          return toAnswer(await send(lambda, 'LambdaClient', 'InvokeCommand', input));
        } catch (error) {
          if ((error as Error).name === 'ResourceNotFoundException') return undefined;
          throw error;
        }
      }),
  };
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

function toAnswer(reply: Record<string, unknown>): InvokeAnswer {
  const { Payload, FunctionError, LogResult, $metadata } = reply;
  return {
    payload: Payload instanceof Uint8Array ? Buffer.from(Payload).toString() : '',
    functionError: asText(FunctionError),
    logs: decodeLog(asText(LogResult)),
    requestId: isRecord($metadata) ? asText($metadata.requestId) : undefined,
  };
}

/** osls writes its templates as JSON; of another one nothing is known. */
function retainedIn(template: string): ReadonlySet<string> {
  try {
    const { Resources } = JSON.parse(template) as { Resources?: Record<string, unknown> };
    return new Set(
      Object.entries(Resources ?? {}).flatMap(([id, resource]) =>
        isRecord(resource) && /^Retain/.test(String(resource.DeletionPolicy)) ? [id] : [],
      ),
    );
  } catch {
    return new Set();
  }
}
