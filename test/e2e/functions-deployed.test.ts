import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { canDeploy, deployingMachine } from '../support/deploying-machine.ts';
import { findProgram, REGION } from '../support/moto.ts';
import { addIn, created, OWN_RESOURCES, ofOwn, referring } from '../support/new-functions.ts';

/** What moto makes of a stack: it has no custom resources, no user pools and no Scheduler. */
const { onSignUp, onEmail, onLetter, ...rest } = created;
const { hourly, onPattern } = referring;
const inMoto = { ...rest, hourly, onPattern, ...ofOwn };
const onlyOnAws = { ...created, ...referring };

describe.skipIf(!canDeploy)('functions of all sources on AWS', () => {
  const machine = deployingMachine();
  const cfnLint = findProgram('cfn-lint');
  let own = '';

  // One packaging is for all, as the functions share an executable.
  beforeAll(async () => {
    const { service } = machine;
    const file = join(service, 'serverless.yml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text + stringify({ resources: { Resources: OWN_RESOURCES } }));
    for (const [name, given] of Object.entries(inMoto)) await addIn(service, name, given ?? {});
    own = readFileSync(file, 'utf8');
    for (const [name, given] of Object.entries(onlyOnAws)) {
      if (!(name in inMoto)) await addIn(service, name, given);
    }
    const options = { cwd: service, env: machine.env as NodeJS.ProcessEnv };
    execFileSync('npx', ['serverless', 'package'], { ...options, stdio: 'pipe' });
  });

  it.skipIf(cfnLint === undefined)('are right in a CloudFormation template', () => {
    const file = join(machine.service, '.serverless/cloudformation-template-update-stack.json');
    const { Resources } = JSON.parse(readFileSync(file, 'utf8'));
    const { status, stdout } = spawnSync(cfnLint as string, ['--regions', REGION, '--', file], {
      encoding: 'utf8',
      env: { ...process.env, HOME: machine.folder },
    });
    for (const name of Object.keys({ ...inMoto, ...onlyOnAws })) {
      const id = name.charAt(0).toUpperCase() + name.slice(1);
      expect(Resources).toHaveProperty(`${id}LambdaFunction`);
    }
    expect(stdout).not.toMatch(/^E\d/m);
    expect([0, 4]).toContain(status);
  });

  describe('deployed, a function', () => {
    beforeAll(async () => {
      writeFileSync(join(machine.service, 'serverless.yml'), own);
      const { status, stdout, stderr } = await machine.cli(['deploy']);
      expect(status, stdout + stderr).toBe(0);
      expect(stderr).toContain('Nothing has changed since build/');
    });
    it('gets what its event source mappings read, and reports the records that fail', async () => {
      const { EventSourceMappings } = await machine.moto.call('lambda', 'ListEventSourceMappings');
      const mappings = (EventSourceMappings as Mapping[]).map((one) => [
        nameOf(one.FunctionArn),
        one.EventSourceArn.replace(/\/stream\/.*/, '').replace(/^.*:/, ''),
        ...one.FunctionResponseTypes,
      ]);
      const REPORTS = 'ReportBatchItemFailures';
      expect(mappings.sort()).toEqual([
        ['byId', 'shop-jobs', REPORTS],
        ['byName', 'shop-jobs', REPORTS],
        ['clickByName', 'stream/shop-clicks', REPORTS],
        ['itemById', 'table/shop-items', REPORTS],
        ['onClick', 'stream/shop-dev-clicks', REPORTS],
        ['onItem', 'table/shop-dev-items', REPORTS],
        ['onOrder', 'shop-dev-orders', REPORTS],
        ['onParcel', 'shop-dev-parcels.fifo', REPORTS],
      ]);
    });

    it.each([
      ['onOrder', 'shop-dev-orders', 'shop-dev-orders-dead-letters'],
      ['onParcel', 'shop-dev-parcels.fifo', 'shop-dev-parcels-dead-letters.fifo'],
    ])(
      'has a queue for %s that hides messages for six timeouts, and a dead-letter queue',
      async (name, queue, letters) => {
        const { Timeout } = await machine.moto.call('lambda', 'GetFunctionConfiguration', {
          FunctionName: `shop-dev-${name}`,
        });
        const { VisibilityTimeout, RedrivePolicy } = await attributesOf(queue);
        expect(Number(VisibilityTimeout)).toBe(6 * Timeout);
        expect(JSON.parse(RedrivePolicy ?? '')).toEqual({
          deadLetterTargetArn: `arn:aws:sqs:${REGION}:123456789012:${letters}`,
          maxReceiveCount: 3,
        });
        expect(await attributesOf(letters)).toMatchObject({
          MessageRetentionPeriod: '1209600',
          ...(queue.endsWith('.fifo') && { FifoQueue: 'true' }),
        });
      },
    );

    it('is called by rules of EventBridge', async () => {
      const rulesOf = async (bus: string) =>
        (await machine.moto.call('eventbridge', 'ListRules', { EventBusName: bus })).Rules;
      expect(await rulesOf('default')).toMatchObject([
        { ScheduleExpression: 'rate(1 hour)', State: 'ENABLED' },
        { Name: 'shop-dev-onPattern-rule-1', State: 'ENABLED' },
      ]);
      const [{ EventPattern }] = await rulesOf('orders');
      expect(JSON.parse(EventPattern)).toEqual({
        source: ['acme.orders'],
        detail: { total: [7] },
      });
    });

    // What a bucket notifies, moto does not take from a stack.
    it('may be called by its topic, and by its bucket', async () => {
      for (const [name, service, arn] of [
        ['onNotice', 'sns', `arn:aws:sns:${REGION}:123456789012:notices`],
        ['noticeById', 'sns', `arn:aws:sns:${REGION}:123456789012:shop-notices`],
        ['onUpload', 's3', 'arn:aws:s3:::acme-uploads'],
      ]) {
        const { Policy } = await machine.moto.call('lambda', 'GetPolicy', {
          FunctionName: `shop-dev-${name}`,
        });
        expect(JSON.parse(Policy).Statement).toMatchObject([
          {
            Principal: { Service: `${service}.amazonaws.com` },
            Condition: { ArnLike: { 'AWS:SourceArn': arn } },
          },
        ]);
      }
    });
  });

  /** Reads the attributes of a queue: osls, whose clients these tests use, has none of SQS. */
  async function attributesOf(queue: string): Promise<Readonly<Record<string, string>>> {
    const response = await fetch(machine.moto.origin, {
      method: 'POST',
      headers: {
        'x-amz-target': 'AmazonSQS.GetQueueAttributes',
        'content-type': 'application/x-amz-json-1.0',
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION}/sqs/aws4_request`,
      },
      body: JSON.stringify({
        QueueUrl: `${machine.moto.origin}/123456789012/${queue}`,
        AttributeNames: ['All'],
      }),
    });
    const { Attributes } = (await response.json()) as { Attributes: Record<string, string> };
    return Attributes;
  }
});

interface Mapping {
  readonly FunctionArn: string;
  readonly EventSourceArn: string;
  readonly FunctionResponseTypes: readonly string[];
}

const nameOf = (functionArn: string) => functionArn.replace(/^.*:shop-dev-/, '');
