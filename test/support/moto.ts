import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
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
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { type AddressInfo, connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';

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

type Reply = Record<string, unknown>;

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
  const port = await freePort();
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  await listening(port, child);
  const origin = `http://127.0.0.1:${port}`;
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // not a matter of tests
  const load = createRequire(join(installedOsls(), 'node_modules/osls/package.json'));
  async function call(client: string, command: string, input: object = {}): Promise<Reply> {
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

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(50)) {
    if (child.exitCode !== null) throw new Error(`moto_server ended with ${child.exitCode}`);
    const socket = connect(port, '127.0.0.1');
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (open) return;
  }
  child.kill('SIGKILL');
  throw new Error('moto_server does not listen');
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

/** What the proxy does with a call. */
export interface Intercept {
  /** Answers it instead of AWS. */
  answer?(body: string): { status: number; body: string } | undefined;
  /** Changes what AWS has answered. */
  change?(answered: string, body: string): string;
  /** Waited for before the answer is passed on. */
  hold?(body: string): Promise<void> | undefined;
}

/** Something between osls and moto, for what moto does not do by itself. */
export async function startProxy(
  target: string,
  intercept: Intercept,
): Promise<{ origin: string; calls: string[]; close: () => void }> {
  const calls: string[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks);
    const body = sent.toString('latin1');
    calls.push(/Action=(\w+)/.exec(body)?.[1] ?? `${request.method} ${request.url}`);
    const made = intercept.answer?.(body);
    if (made !== undefined) {
      response.writeHead(made.status, { 'content-type': 'text/xml' }).end(made.body);
      return;
    }
    const { host: _, connection: __, 'transfer-encoding': ___, ...headers } = request.headers;
    const answer = await fetch(new URL(request.url ?? '/', target), {
      method: request.method as string,
      headers: headers as Record<string, string>,
      ...(sent.length === 0 ? {} : { body: sent }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    await intercept.hold?.(body);
    const changed = intercept.change?.(bytes.toString('latin1'), body);
    const type = answer.headers.get('content-type') ?? 'text/xml';
    response.writeHead(answer.status, { 'content-type': type });
    response.end(changed === undefined ? bytes : Buffer.from(changed, 'latin1'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    calls,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export interface ZipEntry {
  readonly name: string;
  readonly mode: number;
  readonly content: Buffer;
}

/** What is in a zip file, by its central directory. */
export function readZip(zip: Buffer): ZipEntry[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extra, comment] = [28, 30, 32].map((o) => zip.readUInt16LE(at + o));
    const name = zip.toString('utf8', at + 46, at + 46 + (nameLength as number));
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    entries.push({
      name,
      mode: zip.readUInt32LE(at + 38) >>> 16,
      content: zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed),
    });
    at += 46 + (nameLength as number) + (extra as number) + (comment as number);
  }
  return entries;
}
