import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Dev, startDev } from '../support/dev.ts';
import { permanentFolder, readTree } from '../support/folders.ts';
import { hasMoto, type Moto, REGION, startMoto } from '../support/moto.ts';
import { ACCOUNT, type MotoApi, motoApi } from '../support/moto-api.ts';
import { cli, dartBin, succeed } from '../support/packed-cli.ts';

/*
 * The packed CLI adds functions, and `dev` calls them with what moto, a stand-in for AWS, has for
 * them. The Dart VM is real; the queues and the table are made here as CloudFormation makes those
 * of serverless.yml, but for the visibility timeout.
 */

const FUNCTIONS = [
  ['onOrder', '--event', 'sqs', '--queue', 'orders', '--payload', 'Order={"id":7}'],
  ['onNotice', '--event', 'sqs', '--queue', 'notices'],
  ['onCart', '--event', 'dynamodb', '--table', 'carts'],
];

describe.skipIf(dartBin === '' || !hasMoto())('functions of queues and a table', () => {
  const { folder, remove } = permanentFolder();
  const service = join(folder, 'shop');
  let before: Record<string, string>;
  let moto: Moto;
  let aws: MotoApi;

  beforeAll(async () => {
    moto = await startMoto();
    aws = motoApi(moto);
    succeed(cli(folder, 'shop', '--region', REGION, '--yes', '--no-git'));
    before = readTree(service);
    for (const args of FUNCTIONS) {
      succeed(cli(service, 'add-function', ...args, '--create', '--yes'));
    }
  });
  afterAll(async () => {
    await moto?.stop();
    remove();
  });

  it('are listed without problems', () => {
    const listed = succeed(cli(service, 'functions'));
    expect(listed).toMatch(
      /^onOrder +main\.onOrder +lib\/handlers\/on_order\.dart:\d+ +sqs shop-dev-orders$/m,
    );
    expect(listed).toMatch(/^onCart .* dynamodb shop-dev-carts$/m);
  });

  it('get what arrives, and what fails again, until it is a dead letter', async () => {
    const { call, createQueue, publish } = aws;
    const dead = await createQueue('shop-dev-orders-dead-letters');
    const orders = await createQueue('shop-dev-orders', {
      VisibilityTimeout: '1',
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: `arn:aws:sqs:${REGION}:${ACCOUNT}:shop-dev-orders-dead-letters`,
        maxReceiveCount: '3',
      }),
    });
    await createQueue('shop-dev-notices');
    await call('dynamodb', 'CreateTable', {
      TableName: 'shop-dev-carts',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
    const send = (MessageBody: string) =>
      call('sqs', 'SendMessage', { QueueUrl: orders, MessageBody });
    await send('{"id": 42}');
    await send('no JSON');
    await publish('notices', 'shop-dev-notices', 'hello from a topic');
    await call('dynamodb', 'PutItem', {
      TableName: 'shop-dev-carts',
      Item: { id: { S: 'ada' }, count: { N: '3' } },
    });

    const dev = await startDev(service, '--no-reload', '--sources', moto.origin);
    const { Messages } = await call('sqs', 'ReceiveMessage', {
      QueueUrl: dead,
      WaitTimeSeconds: 20,
    });
    expect(Messages).toMatchObject([{ Body: 'no JSON' }]);
    await expect.poll(() => linesOf(dev, 'onNotice'), WAIT).toContain('hello from a topic');
    await expect.poll(() => linesOf(dev, 'onCart'), WAIT).toContain('"count":3');
    const said = linesOf(dev, 'onOrder');
    expect(said).toContain('body={"id":42}');
    expect(said.match(/^sqs shop-dev-orders .* 1 failed/gm)).toHaveLength(3);
    expect(said).toContain('The body is not valid JSON');

    const args = [
      'invoke',
      'onOrder',
      '--port',
      new URL(dev.origin).port,
      '--payload',
      '{"id": 43}',
    ];
    expect(JSON.parse(succeed(cli(service, ...args)))).toEqual({ batchItemFailures: [] });
    await expect.poll(() => linesOf(dev, 'onOrder'), WAIT).toContain('body={"id":43}');
  });

  it('are removed to the byte', () => {
    for (const [name = ''] of FUNCTIONS) succeed(cli(service, 'remove-function', name, '--yes'));
    rmSync(join(service, '.dart_tool'), { recursive: true });
    rmSync(join(service, 'pubspec.lock'));
    expect(readTree(service)).toEqual(before);
  });
});

const WAIT = { timeout: 60_000 };

const linesOf = ({ log }: Dev, name: string): string =>
  log.filter((line) => line.includes(name)).join('\n');
