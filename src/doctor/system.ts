import { capture, makeVersion, parsePortOwner, portOwner } from '../tools/probes.ts';
import type { Check, CheckContext } from './check.ts';
import * as messages from './messages.ts';

export const makeCheck: Check = {
  id: 'make',
  title: 'make',
  async run({ cwd, run, signal }) {
    const { code, stdout, startError } = await capture(run, makeVersion(cwd), signal);
    if (code === 0) return { status: 'ok', detail: stdout.split(/\r?\n/, 1)[0] ?? '' };
    return {
      status: 'warn',
      detail: startError === 'ENOENT' ? messages.makeNotOnPath() : messages.makeBroken(),
      fix: 'create-lambda-hello dev; test, build, deploy, remove and clean exist too',
    };
  },
};

/** The default address of `dev`. */
const HOST = '127.0.0.1';
const PORT = 3000;

export const portCheck: Check = {
  id: 'port',
  title: `Port ${PORT}`,
  async run(context) {
    const problem = await context.machine.portProblem(HOST, PORT);
    if (problem === undefined) return { status: 'ok', detail: 'free, dev listens there' };
    const detail =
      problem === 'EADDRINUSE'
        ? messages.portInUse({ program: (await ownerOf(PORT, context)) ?? 'another program' })
        : messages.cannotListen({ code: problem });
    return { status: 'warn', detail, fix: `create-lambda-hello dev --port ${PORT + 1}` };
  },
};

async function ownerOf(port: number, context: CheckContext): Promise<string | undefined> {
  const { machine, cwd, run, signal } = context;
  const command = portOwner(machine.platform, port, cwd);
  return command && parsePortOwner((await capture(run, command, signal)).stdout);
}

const MB = 1e6;
const GB = 1e9;

export const diskCheck: Check = {
  id: 'disk',
  title: 'Disk',
  async run({ cwd, machine, service }) {
    const folder = service.kind === 'none' ? cwd : service.root;
    const free = await machine.freeBytes(folder);
    const amount = free < GB ? `${Math.floor(free / MB)} MB` : `${(free / GB).toFixed(1)} GB`;
    const detail = messages.littleSpace({ amount, folder });
    const fix = 'make space: node_modules, a Dart SDK and a build take several hundred MB';
    if (free < 100 * MB) return { status: 'fail', detail, fix };
    return free < GB ? { status: 'warn', detail, fix } : { status: 'ok', detail };
  },
};
