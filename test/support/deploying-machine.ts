import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { spawn as spawnInTerminal } from '@lydell/node-pty';
import { afterAll, beforeAll, inject, onTestFinished } from 'vitest';
import { type Intercept, startProxy } from './aws-proxy.ts';
import { permanentFolder } from './folders.ts';
import { hasMoto, linkNodeModules, type Moto, REGION, startMoto, userEnv } from './moto.ts';

type Env = Record<string, string | undefined>;

const dartBin = inject('dartBin');
/** The processor that the Dart VM for tests compiles for. */
export const ARCHITECTURE = process.arch === 'arm64' ? 'arm64' : 'x86_64';

/** The name of a folder that a shell would take apart. */
export const ODD = 'it\'s $(touch pwned) "odd"; &x';

/** Whether services can be deployed here. */
export const canDeploy = dartBin !== '' && hasMoto();

/**
 * The packed CLI with a service `shop`, the real osls and moto_server, for the tests of the
 * surrounding `describe`. What moto does not do by itself (stacks that failed, credentials that
 * expired, outputs of a stack) is put into its answers on the way. `parent` is the name of the folder
 * that services are made in; without it that is `folder`, the user's home.
 */
export function deployingMachine(parent = '') {
  const { folder, remove } = permanentFolder();
  const cwd = join(folder, parent);
  let moto: Moto;
  let env: Env;
  let service: string;

  function generate(name: string, ...more: string[]): string {
    const flags = ['--arch', ARCHITECTURE, '--region', REGION, '--yes', '--no-git'];
    const args = [name, ...flags, ...more];
    execFileSync(inject('cli'), args, { cwd, env: env as NodeJS.ProcessEnv });
    const path = join(cwd, name);
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
  /** Its exit code and what it has printed. */
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
    mkdirSync(cwd, { recursive: true });
    moto = await startMoto();
    env = userEnv(folder, dartBin, moto.origin);
    service = generate('shop');
  });
  afterAll(async () => {
    await moto?.stop();
    remove();
  });

  return {
    folder,
    cwd,
    generate,
    start,
    ended,
    cli,
    terminal,
    awsThat,
    /** Set when the tests run. */
    get moto() {
      return moto;
    },
    get env() {
      return env;
    },
    get service() {
      return service;
    },
  };
}

/** An error as CloudFormation answers it. */
export const errorXml = (code: string, message: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`;

/** The answer with the stack in another state. */
export const inState = (state: string, answer: string): string =>
  answer.replace(/<StackStatus>\w+/g, `<StackStatus>${state}`);
