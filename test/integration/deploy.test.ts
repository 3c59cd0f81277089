import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Aws, connectAws } from '../../src/aws/client.ts';
import { SignInError } from '../../src/aws/errors.ts';
import { deployBlocker } from '../../src/aws/stack-state.ts';
import { remove } from '../../src/commands/remove/remove.ts';
import { CancelledError, UsageError, UserError } from '../../src/errors.ts';
import { quoted } from '../../src/message.ts';
import type { Stack } from '../../src/service/deployment.ts';
import { compilerProblem } from '../../src/tools/dart/find.ts';
import { cancelled } from '../../src/util/messages.ts';
import { deploy } from '../support/commands.ts';
import { scripted } from '../support/context.ts';
import { failure } from '../support/failure.ts';
import { serviceFolder } from '../support/osls-service.ts';

vi.mock('../../src/aws/client.ts', async (original) => ({
  ...(await original<typeof import('../../src/aws/client.ts')>()),
  connectAws: vi.fn(),
}));
vi.mock('../../src/tools/dart/find.ts', () => ({ compilerProblem: vi.fn() }));
afterEach(() => void vi.resetAllMocks());

const NO = quoted('AWS says no.');

const STACK: Stack = { status: 'UPDATE_COMPLETE', reason: undefined, outputs: {} };

/** An AWS of which the stack is described in turn as given; then always as the last time. */
function awsWith(stacks: readonly (Stack | undefined | Error)[], more: Partial<Aws> = {}): void {
  let turn = 0;
  vi.mocked(connectAws).mockResolvedValue({
    invoke: async () => undefined,
    callerIdentity: async () => ({ account: '123456789012', arn: 'arn:x' }),
    stack: async () => {
      const stack = stacks[Math.min(turn++, stacks.length - 1)];
      if (stack instanceof Error) throw stack;
      return stack;
    },
    stackResources: async () => [
      {
        logicalId: 'HelloLambdaFunction',
        type: 'AWS::Lambda::Function',
        physicalId: 'shop-dev-hello',
        status: 'CREATE_COMPLETE',
      },
      { logicalId: 'Photos', type: 'AWS::S3::Bucket', physicalId: 'photos', status: 'x' },
      { logicalId: 'Kept', type: 'AWS::DynamoDB::Table', physicalId: 'orders', status: 'x' },
      { logicalId: 'V1', type: 'AWS::Lambda::Version', physicalId: 'v', status: 'x' },
    ],
    retained: async () => new Set(['Kept', 'V1']),
    objectOutside: async () => undefined,
    ...more,
  } satisfies Partial<Aws> as unknown as Aws);
}

describe('deploy', () => {
  it.each([
    [{ stage: 'a b' }, '--stage'],
    [{ stage: '$(id)' }, '--stage'],
    [{ region: 'Ireland' }, '--region'],
  ])('refuses %j', async (flags, named) => {
    const { cwd } = serviceFolder();
    const error = await failure(deploy(scripted({ cwd }).context, flags));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toContain(named);
    expect(connectAws).not.toHaveBeenCalled();
  });

  it('looks at the stack of the stage and the region, then prints the URLs', async () => {
    const { cwd, typed } = serviceFolder();
    const url = 'https://a.execute-api.us-east-1.amazonaws.com/prod';
    awsWith([undefined, { ...STACK, outputs: { ServiceEndpoint: url } }]);
    const flags = { stage: 'prod', region: 'us-east-1', awsProfile: 'work' };
    const deployed = typed('deploy --stage=prod --region=us-east-1 --aws-profile=work');
    const { context, results, commands } = scripted({ cwd, exits: { [deployed]: {} } });
    await deploy(context, flags);
    expect(commands).toEqual([deployed]);
    expect(results).toEqual([`GET ${url}/hello`, `    curl ${url}/hello`]);
    expect(connectAws).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ region: 'us-east-1', profile: 'work', stage: 'prod' }),
    );
  });

  it.each<[string, Stack | undefined | Error, string]>([
    ['there is no stack', undefined, 'Nothing was created on AWS'],
    ['it is at work', { ...STACK, status: 'CREATE_IN_PROGRESS' }, 'AWS is still at work on it'],
    ['it is being removed', { ...STACK, status: 'DELETE_IN_PROGRESS' }, 'still at work on it'],
    ['it is half removed', { ...STACK, status: 'DELETE_FAILED' }, 'its removal failed'],
    ['it was never there', { ...STACK, status: 'ROLLBACK_COMPLETE' }, 'AWS updates no such stack'],
    ['it is only planned', { ...STACK, status: 'REVIEW_IN_PROGRESS' }, 'before it made anything'],
    ['it is done', STACK, 'Deploy again to complete it'],
    ['nothing is known', new UserError(quoted('unreachable')), 'The state is unknown'],
  ])('says what an interruption left when %s, and what to do', async (_, stack, message) => {
    const { cwd, typed } = serviceFolder();
    awsWith([undefined, stack]);
    const exits = { [typed('deploy')]: { code: undefined, signal: 'SIGINT' } };
    const error = await failure(deploy(scripted({ cwd, exits }).context, {}));
    expect(error).toBeInstanceOf(CancelledError);
    expect(error.exitCode).toBe(130);
    expect(error.message).toMatch(/^Interrupted/);
    expect(error.message).toContain(message);
    const address = {
      stackName: 'shop-dev',
      region: 'eu-west-1',
      stage: 'dev',
      profile: undefined,
    };
    const isKnown = stack !== undefined && !(stack instanceof Error);
    expect(error.hint).toBe(isKnown ? deployBlocker(stack, address)?.hint : undefined);
  });

  it('says that nothing was deployed when it is stopped just before osls starts', async () => {
    const { cwd } = serviceFolder();
    awsWith([undefined]);
    const script = scripted({ cwd });
    script.context.out.note = () => script.stop.abort();
    const error = await failure(deploy(script.context, {}));
    expect(error.message).toBe('Cancelled, nothing was deployed.');
    expect(script.commands).toEqual([]);
  });

  const PROBLEM = new UserError(quoted('nothing here can compile.'), 'get Dart');

  it('tells at once that nothing compiles where nothing can be asked', async () => {
    const { cwd } = serviceFolder();
    awsWith([], { callerIdentity: () => new Promise(() => {}) });
    vi.mocked(compilerProblem).mockResolvedValue(PROBLEM);
    expect(await failure(deploy(scripted({ cwd }).context, {}))).toBe(PROBLEM);
    // A Dart SDK would not help.
    const inContainer = scripted({ cwd, answers: {} });
    expect(await failure(deploy(inContainer.context, { buildInContainer: true }))).toBe(PROBLEM);
  });

  it('offers a Dart SDK in a terminal, once AWS is known to take the deployment', async () => {
    const { cwd, typed } = serviceFolder();
    const exits = { [typed('deploy')]: {} };
    const answers = { 'Fetch Dart 3.10.1 (about 210 MB) now?': 'yes' };
    const install = vi.fn(async () => ({ dart: '/fetched/dart' }));
    const fetcher = { newest: async () => ({ version: '3.10.1', bytes: 210e6 }), install };
    vi.mocked(compilerProblem).mockResolvedValue(PROBLEM);
    awsWith([new UserError(NO)]);
    const refused = scripted({ cwd, exits, answers, fetcher });
    expect((await failure(deploy(refused.context, {}))).message).toBe('AWS says no.');
    expect(refused.questions).toEqual([]);
    awsWith([undefined, STACK]);
    const script = scripted({ cwd, exits, answers, fetcher });
    await deploy(script.context, {});
    expect(install).toHaveBeenCalledExactlyOnceWith('3.10.1');
    expect(script.commands).toEqual([typed('deploy')]);
  });

  it('leaves a sign-in to osls in a terminal, and only there', async () => {
    const { cwd, typed } = serviceFolder();
    const exits = { [typed('deploy')]: {} };
    awsWith([new SignInError(quoted('sign in first.'), 'aws sso login')]);
    const terminal = scripted({ cwd, exits, answers: {} });
    await deploy(terminal.context, {});
    expect(terminal.notes[0]).toMatch(/^warning: sign in first\. osls will ask/);
    expect(await failure(deploy(scripted({ cwd, exits }).context, {}))).toBeInstanceOf(SignInError);
  });
});

describe('remove', () => {
  const question = 'Type shop to remove it, stage dev:';

  it('shows what goes and what stays, and asks for the name', async () => {
    const { cwd, typed } = serviceFolder();
    awsWith([STACK, undefined]);
    const exits = { [typed('remove')]: {} };
    const script = scripted({ cwd, exits, answers: { [question]: 'shop' } });
    await remove(script.context, {});
    expect(script.notes[0]).toBe(`This will be deleted:
Service    shop
Account    123456789012
Region     eu-west-1
Stage      dev
Stack      shop-dev
Functions  shop-dev-hello
Buckets    photos
Stays      orders (DeletionPolicy: Retain)`);
    const [asked] = script.questions;
    if (asked?.type !== 'text') throw new Error('no question');
    expect(asked.problem('shop')).toBeUndefined();
    for (const wrong of ['', 'y', 'Shop', 'shop-dev'])
      expect(asked.problem(wrong)).toContain('not shop');
    expect(script.results).toEqual(['Removed: there is no stack shop-dev in eu-west-1 any more.']);
  });

  it('removes nothing when it is cancelled', async () => {
    const { cwd } = serviceFolder();
    awsWith([STACK]);
    const script = scripted({ cwd, answers: {} });
    const ask = () => Promise.reject(new CancelledError(cancelled()));
    const error = await failure(remove({ ...script.context, ask }, {}));
    expect(error.message).toBe('Cancelled, nothing was removed.');
    expect(script.commands).toEqual([]);
  });

  it('says that nothing was removed when it is stopped just before osls starts', async () => {
    const { cwd } = serviceFolder();
    awsWith([STACK]);
    const script = scripted({ cwd });
    script.context.out.note = () => script.stop.abort();
    const error = await failure(remove(script.context, { yes: true }));
    expect(error.exitCode).toBe(130);
    expect(error.message).toBe('Cancelled, nothing was removed.');
    expect(script.commands).toEqual([]);
  });

  it('asks AWS nothing without a terminal and without --yes', async () => {
    const { cwd } = serviceFolder();
    const error = await failure(remove(scripted({ cwd }).context, { stage: 'prod' }));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.hint).toBe('create-lambda-hello remove --stage prod --region eu-west-1 --yes');
    expect(connectAws).not.toHaveBeenCalled();
  });

  it('stops at a bucket with something in it, but not where it may not look', async () => {
    const { cwd, typed } = serviceFolder();
    const exits = { [typed('remove')]: {} };
    awsWith([STACK, undefined], { objectOutside: async () => 'cat.jpg' });
    const error = await failure(remove(scripted({ cwd, exits }).context, { yes: true }));
    expect(error.message).toContain('the bucket photos of the stack shop-dev is not empty');
    awsWith([STACK, undefined], { objectOutside: () => Promise.reject(new UserError(NO)) });
    await remove(scripted({ cwd, exits }).context, { yes: true });
  });

  it('tells the state of a stack that is not gone', async () => {
    const { cwd, typed } = serviceFolder();
    const stuck = { ...STACK, status: 'DELETE_FAILED', reason: 'The bucket is not empty' };
    for (const [exit, code] of [
      [{}, 1],
      [{ code: 4 }, 4],
      [{ code: undefined, signal: 'SIGINT' }, 130],
    ] as const) {
      awsWith([STACK, stuck]);
      const script = scripted({ cwd, exits: { [typed('remove')]: exit } });
      const error = await failure(remove(script.context, { yes: true }));
      expect(error.exitCode).toBe(code);
      expect(error.message).toContain('DELETE_FAILED. AWS says: The bucket is not empty.');
    }
  });
});
