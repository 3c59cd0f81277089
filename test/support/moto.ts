import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/*
 * A stand-in for AWS: the `moto_server` of pip's moto[server], and the osls that
 * a generated service installs. Both are the real programs. What is not real: moto
 * keeps everything in memory, finishes at once what takes AWS minutes, checks no
 * credentials, serves no execute-api URL and tells no outputs of a stack that
 * was updated by a change set.
 */

const template = fileURLToPath(new URL('../../templates/service/package.json', import.meta.url));
const cache = fileURLToPath(
  new URL('../../node_modules/.cache/create-lambda-hello/', import.meta.url),
);

/** The path of a program on PATH. */
export function findProgram(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Whether moto can be had. Without it tests are skipped loudly, or fail where REQUIRE_MOTO is 1. */
export function hasMoto(): boolean {
  if (findProgram('moto_server') !== undefined) return true;
  const message = "no moto_server on PATH; pip install 'moto[server]' brings it";
  if (process.env.REQUIRE_MOTO === '1') throw new Error(message);
  console.warn(`\n!!! SKIPPED, ${message}: nothing is tested against a stand-in for AWS !!!\n`);
  return false;
}

/** The folder with the node_modules of a generated service; installed once for a checkout. */
export function installedOsls(): string {
  const { devDependencies } = JSON.parse(readFileSync(template, 'utf8'));
  const folder = join(cache, `osls-${devDependencies.osls}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const temporary = mkdtempSync(join(cache, 'osls-'));
  copyFileSync(template, join(temporary, 'package.json'));
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], {
    cwd: temporary,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  try {
    renameSync(temporary, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(temporary, { recursive: true }); // another test file was faster
  }
  return folder;
}

/** Gives a service its node_modules. */
export function linkNodeModules(service: string): void {
  symlinkSync(join(installedOsls(), 'node_modules'), join(service, 'node_modules'), 'junction');
}

type Output = Record<string, unknown>;

export interface Moto {
  readonly origin: string;
  /** Calls AWS: `call('lambda', 'ListFunctions')`. */
  // biome-ignore lint/suspicious/noExplicitAny: what it is, the test says
  call(client: string, command: string, input?: object): Promise<any>;
  /** All that a service could leave behind, but for APIs: moto leaves those of a deleted stack. */
  everything(): Promise<Record<string, string[]>>;
  stop(): Promise<void>;
}

/** Starts a moto_server of its own, on a free port. */
export async function startMoto(): Promise<Moto> {
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const origin = await listening(child.stderr);
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // not a matter of tests
  const load = createRequire(join(installedOsls(), 'node_modules/osls/package.json'));
  async function call(client: string, command: string, input: object = {}): Promise<Output> {
    const sdk = load(`@aws-sdk/client-${client}`);
    const name = Object.keys(sdk).find((key) => /^(?!__).+Client$/.test(key)) as string;
    const connected = new sdk[name]({
      endpoint: origin,
      region: REGION,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    return connected.send(new sdk[`${command}Command`](input));
  }
  const names = async (client: string, command: string, list: string, name: string) =>
    ((await call(client, command))[list] as Record<string, string>[] | undefined)
      ?.map((item) => item[name] as string)
      .sort() ?? [];
  return {
    origin,
    call,
    everything: async () => ({
      functions: await names('lambda', 'ListFunctions', 'Functions', 'FunctionName'),
      roles: await names('iam', 'ListRoles', 'Roles', 'RoleName'),
      logGroups: await names('cloudwatch-logs', 'DescribeLogGroups', 'logGroups', 'logGroupName'),
      buckets: await names('s3', 'ListBuckets', 'Buckets', 'Name'),
      stacks: await names('cloudformation', 'DescribeStacks', 'Stacks', 'StackName'),
    }),
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

export const REGION = 'eu-west-1';
export const NOTHING = {
  functions: [],
  roles: [],
  logGroups: [],
  buckets: [],
  stacks: [],
};

/** The origin that a moto_server says it listens at; all that it says is read, so that it goes on. */
function listening(stderr: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    createInterface({ input: stderr })
      .on('line', (line) => {
        if (said.length < 100) said.push(line);
        const [origin] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
        if (origin !== undefined) resolve(origin);
      })
      .on('close', () => reject(new Error(`moto_server ended:\n${said.join('\n')}`)));
  });
}

/** The environment of a user whose AWS is at the origin. Nothing of this machine's AWS shows through. */
export function userEnv(
  home: string,
  dartBin: string,
  origin: string,
): Record<string, string | undefined> {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(AWS_|SLS_|https?_proxy$|no_color$|ci$)/i.test(name),
    ),
  );
  return {
    ...clean,
    PATH: `${dartBin}${delimiter}${process.env.PATH}`,
    HOME: home,
    USERPROFILE: home,
    NO_COLOR: '1',
    AWS_ENDPOINT_URL: origin,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    // osls looks at the stack's progress every 5 s; here it is over at once.
    SLS_AWS_MONITORING_FREQUENCY: '50',
  };
}
