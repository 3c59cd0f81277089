import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { spawn as spawnInTerminal } from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { isRunning } from '../integration/local/support.ts';
import { permanentFolder } from '../support/folders.ts';
import {
  hasMoto,
  type Intercept,
  linkNodeModules,
  type Moto,
  NOTHING,
  REGION,
  startMoto,
  startProxy,
  userEnv,
} from '../support/moto.ts';

/*
 * What goes wrong on the way to AWS, with the packed CLI, the real osls and moto_server. What moto
 * does not do by itself (stacks that failed, credentials that expired, outputs of a stack) is put
 * into its answers on the way.
 */

const dartBin = inject('dartBin');
const ARCHITECTURE = process.arch === 'arm64' ? 'arm64' : 'x86_64';
type Env = Record<string, string | undefined>;

describe.skipIf(dartBin === '' || !hasMoto())('what goes wrong on the way to AWS', () => {
  const { folder, remove } = permanentFolder();
  let moto: Moto;
  let env: Env;
  let service: string;

  function generate(name: string): string {
    const flags = ['--arch', ARCHITECTURE, '--region', REGION, '--yes', '--no-install', '--no-git'];
    execFileSync(inject('cli'), [name, ...flags], { cwd: folder, env: env as NodeJS.ProcessEnv });
    const path = join(folder, name);
    linkNodeModules(path);
    return path;
  }

  function start(cwd: string, args: string[], more: Env = {}): ChildProcess {
    return spawn(inject('cli'), args, {
      cwd,
      env: { ...env, ...more } as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
  async function ended(child: ChildProcess) {
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    const [status] = await once(child, 'close');
    return { status, stdout, stderr };
  }
  const cli = (args: string[], more: Env = {}, cwd = service) => ended(start(cwd, args, more));
  /** Runs it in a terminal; answers what is seen with keys, in this order. */
  async function terminal(cwd: string, args: string[], dialog: [string, string][], more: Env = {}) {
    const { CI: _, ...rest } = { ...env, ...more };
    const pty = spawnInTerminal(inject('cli'), args, { cwd, env: rest, cols: 200, rows: 50 });
    let screen = '';
    let seen = 0;
    const left = [...dialog];
    pty.onData((data) => {
      screen += data;
      const [text, keys] = left[0] ?? [];
      if (text === undefined || !screen.slice(seen).includes(text)) return;
      seen = screen.length;
      left.shift();
      pty.write(keys as string);
    });
    const status = await new Promise<number>((resolve) =>
      pty.onExit(({ exitCode }) => resolve(exitCode)),
    );
    return { status, screen };
  }
  /** An AWS that answers as the test wants. */
  async function awsThat(intercept: Intercept) {
    const proxy = await startProxy(moto.origin, intercept);
    onTestFinished(proxy.close);
    return { env: { AWS_ENDPOINT_URL: proxy.origin }, calls: proxy.calls };
  }

  beforeAll(async () => {
    moto = await startMoto();
    env = userEnv(folder, dartBin, moto.origin);
    service = generate('shop');
  });
  afterAll(async () => {
    await moto?.stop();
    remove();
  });

  describe.each(['deploy', 'remove'])('%s', (command) => {
    const args = command === 'remove' ? ['remove', '--yes'] : ['deploy'];

    it('says where it looked for credentials', async () => {
      const { status, stdout, stderr } = await cli(args, {
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
      });
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toBe(
        'error: no AWS credentials were found. Looked at --aws-profile, AWS_PROFILE, ' +
          'AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY, the profile default of ' +
          '~/.aws/credentials and ~/.aws/config, and the surroundings (container, EC2 instance).\n' +
          'Try: aws configure, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a ' +
          'profile with --aws-profile\n',
      );
    });

    it('names the profile that there is not, whatever it is called', async () => {
      const profile = '$(touch pwned); "x"';
      const { status, stderr } = await cli([...args, '--aws-profile', profile]);
      expect(status).toBe(1);
      expect(stderr).toContain(
        `error: no AWS credentials: the profile ${profile} (--aws-profile) gives none.`,
      );
      expect(existsSync(join(service, 'pwned'))).toBe(false);
    });

    it.each([
      [
        'ExpiredToken',
        'The security token is expired',
        'the AWS credentials have expired',
        'new keys',
      ],
      ['InvalidClientTokenId', 'The token is invalid.', 'does not know', 'aws configure'],
      ['AccessDenied', 'not authorized to perform: x:Y', 'x:Y', 'in IAM'],
    ])('tells of %s', async (code, message, problem, hint) => {
      const aws = await awsThat({ answer: () => ({ status: 403, body: errorXml(code, message) }) });
      const { status, stdout, stderr } = await cli(args, aws.env);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/^error: [^\n]+\nTry: [^\n]+\n$/);
      expect(stderr).toContain(problem);
      expect(stderr).toContain(hint);
    });

    it('tells of an endpoint that nobody listens at', async () => {
      const { status, stderr } = await cli(args, { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
      expect(status).toBe(1);
      expect(stderr).toBe(
        'error: http://127.0.0.1:9 cannot be reached (ECONNREFUSED).\n' +
          'Try: start what should listen there, or unset AWS_ENDPOINT_URL to use AWS itself\n',
      );
    });

    it('tells of missing node_modules', async () => {
      const bare = generate(`bare-${command}`);
      rmSync(join(bare, 'node_modules'));
      const { status, stderr } = await cli(args, {}, bare);
      expect(status).toBe(1);
      expect(stderr).toBe(
        `error: osls is not installed: there is no node_modules/osls in ${bare} or above it.\n` +
          `Try: cd '${bare}' && npm install\n`,
      );
    });
  });

  it.each(['build', 'info', 'logs'])('%s tells of missing node_modules', async (command) => {
    const bare = generate(`bare-${command}`);
    rmSync(join(bare, 'node_modules'));
    const { status, stderr } = await cli(
      command === 'logs' ? ['logs', 'hello'] : [command],
      {},
      bare,
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: osls is not installed: .*\nTry: cd .* && npm install\n$/);
  });

  it('says what was searched when nothing can compile', async () => {
    const PATH = dirname(process.execPath);
    const { status, stderr } = await cli(['deploy'], { PATH, CONTAINER_ENGINE: 'no-engine' });
    expect(status).toBe(1);
    expect(stderr).toContain(`error: nothing here can compile Dart for Linux ${ARCHITECTURE}.\n`);
    expect(stderr).toContain(`no dart in ${PATH}\n`);
    expect(stderr).toContain('no-engine: not installed\n');
    expect(stderr).toMatch(/\nTry: [^\n]*https:\/\/dart\.dev\/get-dart[^\n]*\n$/);
    expect(await moto.everything()).toEqual(NOTHING);
  });

  it('shows a compile error with file and line, and keeps the exit code', async () => {
    const wrong = generate('wrong');
    appendFileSync(join(wrong, 'lib/handlers/hello.dart'), 'int wrong = "text";\n');
    const { status, stdout, stderr } = await cli(['deploy'], {}, wrong);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/lib\/handlers\/hello\.dart:\d+:\d+: Error: /);
    expect(stderr).toMatch(
      /\nerror: serverless deploy failed with exit code 1; what it says is above\./,
    );
    expect(await moto.everything()).toEqual(NOTHING);
    expect((await cli(['build'], {}, wrong)).status).toBe(1);
  });

  /** It got the signal when we did, and may end a moment after us. */
  const isGone = (pid: number) =>
    vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 5000 });

  describe('an interrupted deployment', () => {
    /** A dart that takes a minute to compile, and tells when it has begun. */
    function slowDart(): Env {
      const bin = join(folder, 'slow-bin');
      mkdirSync(bin, { recursive: true });
      const dart = `#!/bin/sh\ncase $1 in compile) echo "compiling as $$." >&2; sleep 60;; esac\nexec '${dartBin}/dart' "$@"\n`;
      writeFileSync(join(bin, 'dart'), dart);
      chmodSync(join(bin, 'dart'), 0o755);
      return { PATH: `${bin}${delimiter}${env.PATH}` };
    }
    const NOTHING_MADE = `error: Interrupted. Nothing was made on AWS: there is no stack slow-dev (${REGION}).`;
    const compiler = (text: string) => Number(/compiling as (\d+)\./.exec(text)?.[1]);

    it('while it compiles: nothing was made, nothing runs on', async () => {
      const child = start(generate('slow'), ['deploy'], slowDart());
      const all = ended(child);
      child.stderr?.on('data', (chunk) => {
        if (String(chunk).includes('compiling as')) child.kill('SIGINT');
      });
      const { status, stderr } = await all;
      expect(status, stderr).toBe(130);
      expect(stderr).toContain(`\n${NOTHING_MADE}\n`);
      await isGone(compiler(stderr));
      expect(await moto.everything()).toEqual(NOTHING);
    });

    it('with Ctrl-C in a terminal: the same', async () => {
      const dialog: [string, string][] = [['compiling as', '\x03']];
      const slow = join(folder, 'slow');
      const { status, screen } = await terminal(slow, ['deploy'], dialog, slowDart());
      expect(status, screen).toBe(130);
      expect(screen).toContain(NOTHING_MADE);
      await isGone(compiler(screen));
    });

    it('while CloudFormation works: says in which state the stack is', async () => {
      const cut = generate('cut');
      let executed: () => void = () => {};
      const executing = new Promise<void>((resolve) => {
        executed = resolve;
      });
      const aws = await awsThat({
        hold: (body) => {
          if (!body.includes('Action=ExecuteChangeSet')) return undefined;
          executed();
          return new Promise(() => {}); // for ever
        },
        change: (answer, body) =>
          body.includes('Action=DescribeStacks') ? inState('UPDATE_IN_PROGRESS', answer) : answer,
      });
      // The first look is before there is a stack.
      const child = start(cut, ['deploy'], aws.env);
      const all = ended(child);
      await Promise.race([executing, all.then(({ stderr }) => Promise.reject(new Error(stderr)))]);
      child.kill('SIGTERM');
      const { status, stderr } = await all;
      expect(status, stderr).toBe(130);
      expect(stderr).toContain(
        `error: Interrupted, but AWS goes on: the stack cut-dev (${REGION}) is UPDATE_IN_PROGRESS.`,
      );
      expect((await cli(['remove', '--yes'], {}, cut)).status).toBe(0);
      expect(await moto.everything()).toEqual(NOTHING);
    });
  });

  describe('with a stack', () => {
    beforeAll(async () => {
      const { status, stderr } = await cli(['deploy']);
      expect(status, stderr).toBe(0);
    });

    it.each([
      [
        'ROLLBACK_COMPLETE',
        `create-lambda-hello remove --stage dev --region ${REGION}, then deploy`,
      ],
      [
        'REVIEW_IN_PROGRESS',
        `create-lambda-hello remove --stage dev --region ${REGION}, then deploy`,
      ],
      ['DELETE_FAILED', `create-lambda-hello remove --stage dev --region ${REGION}, then deploy`],
      [
        'UPDATE_ROLLBACK_FAILED',
        `aws cloudformation continue-update-rollback --stack-name shop-dev --region ${REGION}, then`,
      ],
      [
        'UPDATE_IN_PROGRESS',
        `aws cloudformation wait stack-update-complete --stack-name shop-dev --region ${REGION}, then`,
      ],
    ])('deploys nothing over %s, and says what is next', async (state, hint) => {
      const aws = await awsThat({
        change: (answer, body) =>
          body.includes('DescribeStacks') ? inState(state, answer) : answer,
      });
      const { status, stdout, stderr } = await cli(['deploy'], aws.env);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/^error: [^\n]+\nTry: [^\n]+\n$/);
      expect(stderr).toContain(`error: the stack shop-dev (${REGION}) is ${state}: `);
      expect(stderr).toContain(`\nTry: ${hint}`);
      expect([...aws.calls].sort()).toEqual(['DescribeStacks', 'GetCallerIdentity']);
    });

    it('removes nothing without a terminal and without --yes', async () => {
      const before = await moto.everything();
      const { status, stdout, stderr } = await cli(['remove']);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toBe(
        `error: remove deletes the stack shop-dev (${REGION}), and there is no terminal to ask in.\n` +
          `Try: create-lambda-hello remove --stage dev --region ${REGION} --yes\n`,
      );
      expect(await moto.everything()).toEqual(before);
    });

    it('removes nothing while AWS is at work', async () => {
      const aws = await awsThat({
        change: (answer, body) =>
          body.includes('DescribeStacks') ? inState('UPDATE_IN_PROGRESS', answer) : answer,
      });
      const { status, stderr } = await cli(['remove', '--yes'], aws.env);
      expect(status).toBe(1);
      expect(stderr).toContain('wait stack-update-complete');
    });

    it('tells of a stack that is still there after the removal', async () => {
      const gone = `<DeleteStackResponse><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></DeleteStackResponse>`;
      let deleting = false;
      const aws = await awsThat({
        answer: (body) => {
          if (!body.includes('Action=DeleteStack&')) return undefined;
          deleting = true;
          return { status: 200, body: gone };
        },
        change: (answer, body) =>
          deleting && /Action=DescribeStack/.test(body)
            ? inState('DELETE_FAILED', answer).replace(
                /<ResourceStatus>\w+/g,
                '<ResourceStatus>DELETE_FAILED',
              )
            : answer,
      });
      const { status, stderr } = await cli(['remove', '--yes'], aws.env);
      expect(status).toBe(1);
      expect(stderr).toContain(`The stack shop-dev (${REGION}) is DELETE_FAILED.`);
    });

    it('removes nothing while a bucket has something in it that would be lost', async () => {
      const before = await moto.everything();
      const [Bucket] = before.buckets as string[];
      await moto.call('s3', 'PutObject', { Bucket, Key: 'mine/photo.jpg', Body: 'x' });
      const { status, stderr } = await cli(['remove', '--yes']);
      expect(status).toBe(1);
      expect(stderr).toContain(
        `error: the bucket ${Bucket} of the stack shop-dev is not empty: it has mine/photo.jpg. ` +
          'AWS deletes no such bucket. Nothing was removed.\n' +
          `Try: save what you need of it, then  aws s3 rm s3://${Bucket} --recursive`,
      );
      expect(await moto.everything()).toEqual(before);
      await moto.call('s3', 'DeleteObject', { Bucket, Key: 'mine/photo.jpg' });
    });

    describe('that tells its URLs', () => {
      /** An AWS of which the stack has the URL of its API among its outputs. */
      const withUrl = (url: string) =>
        awsThat({
          change: (answer, body) =>
            body.includes('Action=DescribeStacks')
              ? answer.replace(
                  '</StackStatus>',
                  `</StackStatus><Outputs><member><OutputKey>ServiceEndpoint</OutputKey><OutputValue>${url}</OutputValue></member></Outputs>`,
                )
              : answer,
        });
      /** An API that answers with a status. */
      async function api(status: number): Promise<string> {
        const server = createServer((_, response) => response.writeHead(status).end('{}'));
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        onTestFinished(() => void server.close());
        return `http://127.0.0.1:${(server.address() as AddressInfo).port}/dev`;
      }

      it('prints them with a command that calls them', async () => {
        const url = `https://abc123.execute-api.${REGION}.amazonaws.com/dev`;
        const aws = await withUrl(url);
        const { status, stdout, stderr } = await cli(['deploy'], aws.env);
        expect(status).toBe(0);
        expect(stdout).toBe(
          `GET ${url}/hello\n    curl ${url}/hello\n` +
            `POST ${url}/postRequest\n    curl -H 'content-type: application/json' -d '{"name": "Ada"}' ${url}/postRequest\n`,
        );
        expect(stderr).toContain('warning: AWS_ENDPOINT_URL is http://127.0.0.1:');
        const refused = await cli(['deploy', '--smoke'], aws.env);
        expect(refused.status).toBe(1);
        expect(refused.stderr).toContain('the service is deployed, but --smoke cannot call it');
      });

      it('calls each GET endpoint with --smoke', async () => {
        const url = await api(404);
        const { status, stdout } = await cli(['deploy', '--smoke'], (await withUrl(url)).env);
        expect(status).toBe(0);
        expect(stdout).toMatch(/\nGET http:\S+\/dev\/hello 404 \d+ ms\n$/);
      });

      it('fails on a 5xx', async () => {
        const url = await api(502);
        const ended = await cli(['deploy', '--smoke'], (await withUrl(url)).env);
        expect(ended.status).toBe(1);
        expect(ended.stdout).toMatch(/\nGET http:\S+\/dev\/hello 502 \d+ ms\n$/);
        expect(ended.stderr).toContain(
          'error: the service is deployed, but 1 of 1 GET endpoints failed.\n' +
            `Try: create-lambda-hello logs hello --stage dev --region ${REGION}\n`,
        );
      });
    });

    it('goes when its name is typed in a terminal', async () => {
      const { status, screen } = await terminal(
        service,
        ['remove'],
        [
          ['Type shop to remove it, stage dev:', 'y\r'],
          ['That is not shop.', '\x7fshop\r'],
        ],
      );
      expect(status, screen).toBe(0);
      expect(screen).toContain(`Removed: there is no stack shop-dev in ${REGION} any more.`);
      expect(await moto.everything()).toEqual(NOTHING);
    });
  });
});

const errorXml = (code: string, message: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`;

/** The answer with the stack in another state. */
const inState = (state: string, answer: string): string =>
  answer.replace(/<StackStatus>\w+/g, `<StackStatus>${state}`);
