import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/local/report.ts';
import { startLocalServer } from '../../src/local/server.ts';
import { readServerlessYml } from '../../src/serverless-yml/read.ts';
import { run } from '../../src/tools/run.ts';
import { ARCHITECTURE, canDeploy, deployingMachine, ODD } from '../support/deploying-machine.ts';
import { type Moto, NOTHING, REGION } from '../support/moto.ts';
import { readZip } from '../support/zip.ts';

/*
 * The packed CLI and the real osls against moto_server, a stand-in for AWS. The Dart SDK's `compile
 * exe` is one too, where there is no SDK: an ELF file that runs the compiled kernel on the Dart VM.
 */

describe.skipIf(!canDeploy)('a service on AWS', () => {
  const machine = deployingMachine(ODD);
  const { folder, cwd, generate } = machine;
  const cli = (service: string, ...args: string[]) => machine.cli(args, {}, service);
  async function succeed(ended: ReturnType<typeof cli>) {
    const result = await ended;
    expect(result.status, result.stdout + result.stderr).toBe(0);
    return result;
  }

  describe('deploy, look, deploy again, remove', () => {
    let service: string;
    beforeAll(() => {
      service = generate('my-hello');
    });

    it('takes it there', async () => {
      const { stdout, stderr } = await succeed(cli(service, 'deploy'));
      // moto leaves the outputs out, so the addresses come from the ids of the resources.
      const base = `https://[a-z0-9]+\\.execute-api\\.${REGION}\\.amazonaws\\.com/dev`;
      expect(stdout).toMatch(
        new RegExp(
          `^GET ${base}/hello\n {4}curl ${base}/hello\nPOST ${base}/postRequest\n {4}curl `,
        ),
      );
      expect(stderr).toContain(
        `Deploying my-hello, stage dev, to account 123456789012, ${REGION}.\n$ npx serverless deploy\n`,
      );
      expect(stderr).toContain('Service deployed to stack my-hello-dev');

      const { Functions } = await machine.moto.call('lambda', 'ListFunctions');
      const common = {
        Runtime: 'provided.al2023',
        Architectures: [ARCHITECTURE],
        MemorySize: 128,
        Timeout: 10,
      };
      expect(Functions).toHaveLength(2);
      expect(Functions).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            FunctionName: 'my-hello-dev-hello',
            Handler: 'main.hello',
            ...common,
          }),
          expect.objectContaining({
            FunctionName: 'my-hello-dev-postRequest',
            Handler: 'main.postRequest',
            ...common,
          }),
        ]),
      );
      expect(await machine.moto.everything()).toEqual({
        functions: ['my-hello-dev-hello', 'my-hello-dev-postRequest'],
        roles: [`my-hello-dev-${REGION}-lambdaRole`],
        logGroups: ['/aws/lambda/my-hello-dev-hello', '/aws/lambda/my-hello-dev-postRequest'],
        buckets: [expect.stringMatching(/^my-hello-dev-serverlessdeploymentbucket/)],
        stacks: ['my-hello-dev'],
      });
      expect(await routes(machine.moto, 'dev-my-hello')).toEqual([
        'GET /hello',
        'POST /postRequest',
      ]);
    });

    it('lists the endpoints with the URLs that they have there', async () => {
      const listed = await succeed(cli(service, 'endpoints', '--stage', 'dev', '--json'));
      const base = new RegExp(
        `^https://[a-z0-9]+\\.execute-api\\.${REGION}\\.amazonaws\\.com/dev/`,
      );
      const { endpoints, problems } = JSON.parse(listed.stdout);
      expect(problems).toEqual([]);
      expect(endpoints).toMatchObject(
        [
          { method: 'GET', path: '/hello', function: 'hello', handler: 'main.hello' },
          { method: 'POST', path: '/postRequest' },
        ].map((endpoint) => ({ ...endpoint, url: expect.stringMatching(base) })),
      );
      const absent = await cli(service, 'endpoints', '--stage', 'other');
      expect(absent.status).toBe(1);
      expect(absent.stderr).toContain('there is no stack my-hello-other');
    });

    it('uploaded one executable, which answers', async () => {
      const bucket = (await machine.moto.everything()).buckets?.[0];
      const { Contents } = await machine.moto.call('s3', 'ListObjectsV2', { Bucket: bucket });
      const zips = Contents.map(({ Key }: { Key: string }) => Key).filter((key: string) =>
        key.endsWith('.zip'),
      );
      expect(zips).toHaveLength(1);
      const { Body } = await machine.moto.call('s3', 'GetObject', { Bucket: bucket, Key: zips[0] });
      const entries = readZip(Buffer.from(await Body.transformToByteArray()));
      expect(entries.map(({ name, mode }) => [name, mode.toString(8)])).toEqual([
        ['bootstrap', '100755'],
      ]);

      const unpacked = join(folder, 'unpacked');
      mkdirSync(unpacked);
      const bootstrap = join(unpacked, 'bootstrap');
      writeFileSync(bootstrap, entries[0]?.content ?? '');
      chmodSync(bootstrap, 0o755);
      const reports: Report[] = [];
      const file = join(service, 'serverless.yml');
      const local = await startLocalServer({
        service: readServerlessYml(readFileSync(file, 'utf8'), { file, env: {} }).service,
        launchOf: () => ({ tool: bootstrap, args: [], cwd: unpacked }),
        run: async (command, options) => run(command, options),
        env: {},
        host: '127.0.0.1',
        port: 0,
        report: (report) => reports.push(report),
      });
      const origin = `http://127.0.0.1:${local.port}`;
      try {
        const hello = await fetch(`${origin}/hello`, { headers: { 'user-agent': 'tester' } });
        expect(hello.status, JSON.stringify(reports)).toBe(200);
        expect(await hello.json()).toMatchObject({
          message: expect.stringMatching(/^Hello to /),
          userAgent: 'tester',
        });
        const body = JSON.stringify({ name: 'Ada' });
        const greeting = await fetch(`${origin}/postRequest`, { method: 'POST', body });
        expect(await greeting.json()).toEqual({ message: 'Hello Ada from AWS Lambda!!' });
      } finally {
        await local.close();
      }
    });

    it('shows it, with the result on standard output', async () => {
      const { stdout, stderr } = await succeed(cli(service, 'info'));
      expect(stdout).toContain(
        `service: my-hello\nstage: dev\nregion: ${REGION}\nstack: my-hello-dev\n`,
      );
      expect(stderr).toContain('$ npx serverless info\n');
    });

    it('shows what a function has logged', async () => {
      const log = {
        logGroupName: '/aws/lambda/my-hello-dev-hello',
        logStreamName: '2026/01/01/[$LATEST]0',
      };
      await machine.moto.call('cloudwatch-logs', 'CreateLogStream', log);
      const logEvents = [{ timestamp: Date.now(), message: 'a line of the function\n' }];
      await machine.moto.call('cloudwatch-logs', 'PutLogEvents', { ...log, logEvents });
      const { stdout } = await succeed(cli(service, 'logs', 'hello'));
      expect(stdout).toContain('a line of the function');
      const unknown = await cli(service, 'logs', 'nothing');
      expect(unknown.status).toBe(2);
      expect(unknown.stderr).toContain('no function "nothing"; it has hello, postRequest.');
    });

    it('deploys nothing when nothing has changed', async () => {
      const before = await machine.moto.call('lambda', 'ListFunctions');
      const { stderr } = await succeed(cli(service, 'deploy'));
      expect(stderr).toMatch(/Nothing has changed since build\//);
      expect(stderr).toMatch(/No changes to deploy/);
      const after = await machine.moto.call('lambda', 'ListFunctions');
      expect(after.Functions).toEqual(before.Functions);
    });

    it('builds only what has changed, or with --force', async () => {
      expect((await succeed(cli(service, 'build'))).stderr).toContain('Nothing has changed');
      const forced = await succeed(cli(service, 'build', '--force'));
      expect(forced.stderr).toMatch(/Built build\/lambda\/main-/);
      expect(forced.stdout).toBe('');
    });

    it('deploys a route that was added by hand', async () => {
      const path = join(service, 'serverless.yml');
      const text = readFileSync(path, 'utf8');
      writeFileSync(
        path,
        text.replace('path: /hello\n', 'path: /hello\n      - http: GET /again\n'),
      );
      await succeed(cli(service, 'deploy'));
      expect(await routes(machine.moto, 'dev-my-hello')).toEqual([
        'GET /again',
        'GET /hello',
        'POST /postRequest',
      ]);
    });

    it('removes all of it', async () => {
      // moto deletes no API with its stack (its RestAPI has no such method), so this is what shows
      // that AWS would: the API is the stack's, and nothing says that it stays.
      const { TemplateBody } = await machine.moto.call('cloudformation', 'GetTemplate', {
        StackName: 'my-hello-dev',
      });
      expect(JSON.parse(TemplateBody).Resources.ApiGatewayRestApi).toEqual({
        Type: 'AWS::ApiGateway::RestApi',
        Properties: expect.anything(),
      });
      const { stdout, stderr } = await succeed(cli(service, 'remove', '--yes'));
      expect(stderr).toMatch(
        /^This will be deleted:\nService {5}my-hello\nAccount {5}123456789012\n/,
      );
      expect(stderr).toMatch(/\nFunctions {3}my-hello-dev-\w+, my-hello-dev-\w+\n/);
      expect(stdout).toBe(`Removed: there is no stack my-hello-dev in ${REGION} any more.\n`);
      expect(await machine.moto.everything()).toEqual(NOTHING);
    });

    it('removes what is gone already without a complaint', async () => {
      const { stdout } = await succeed(cli(service, 'remove', '--yes'));
      expect(stdout).toBe(
        `Nothing to remove: there is no stack my-hello-dev in ${REGION}, account 123456789012.\n`,
      );
    });

    it('works with npx serverless alone', async () => {
      const options = {
        cwd: service,
        env: machine.env as NodeJS.ProcessEnv,
        stdio: 'pipe' as const,
      };
      execFileSync('npx', ['serverless', 'deploy'], options);
      expect((await machine.moto.everything()).functions).toHaveLength(2);
      execFileSync('npx', ['serverless', 'remove'], options);
      expect(await machine.moto.everything()).toEqual(NOTHING);
    });
  });

  it('is there in two stages at once, and each goes alone', async () => {
    const first = generate('two');
    const second = join(cwd, 'copy of two');
    cpSync(first, second, { recursive: true, verbatimSymlinks: true });
    await Promise.all([
      succeed(cli(first, 'deploy')),
      succeed(cli(second, 'deploy', '--stage', 'prod', '--region', REGION)),
    ]);
    const both = await machine.moto.everything();
    expect(both.stacks).toEqual(['two-dev', 'two-prod']);
    expect(both.functions).toEqual([
      'two-dev-hello',
      'two-dev-postRequest',
      'two-prod-hello',
      'two-prod-postRequest',
    ]);
    await succeed(cli(second, 'remove', '--stage', 'prod', '--yes'));
    const one = await machine.moto.everything();
    for (const [kind, names] of Object.entries(both)) {
      expect(one[kind], kind).toEqual(names.filter((name) => !name.includes('prod')));
    }
    await succeed(cli(first, 'remove', '--yes'));
    expect(await machine.moto.everything()).toEqual(NOTHING);
  });
});

/** The methods and paths of an API. */
async function routes(moto: Moto, name: string): Promise<string[]> {
  const { items } = await moto.call('api-gateway', 'GetRestApis');
  const { id } = items.find((api: { name: string }) => api.name === name);
  const input = { restApiId: id, limit: 500 };
  const resources = (await moto.call('api-gateway', 'GetResources', input)).items;
  return resources
    .flatMap(({ path, resourceMethods }: { path: string; resourceMethods?: object }) =>
      Object.keys(resourceMethods ?? {}).map((method) => `${method} ${path}`),
    )
    .sort();
}
