import { quoted } from '../message.ts';
import type { Check, Finding } from './check.ts';
import { isUsable } from './dart.ts';
import * as messages from './messages.ts';
import { UNKNOWN_ENGINE } from './toolchain.ts';

/** How to start the daemon of each engine. */
function startEngine(name: string, platform: string): string {
  switch (name) {
    case 'docker':
      return platform === 'linux' ? 'sudo systemctl start docker' : 'start Docker Desktop';
    case 'podman':
      return platform === 'linux' ? 'podman info  says more' : 'podman machine start';
    case 'finch':
      return 'finch vm start';
    case UNKNOWN_ENGINE:
      return 'start its daemon again';
    default:
      return `${name} info  says more`;
  }
}

export const containerCheck: Check = {
  id: 'container',
  title: 'Container engine',
  async run(context): Promise<Finding> {
    const { env, machine, toolchain } = context;
    const [{ engine, tried }, sdk] = await Promise.all([toolchain.engines(), toolchain.sdk()]);
    if (engine) return { status: 'ok', detail: `${engine.name} at ${engine.path}, answers` };
    const silent = tried.filter(({ problem }) => problem !== 'not installed');
    const named = env.CONTAINER_ENGINE ? tried : silent;
    const problem =
      named.length === 0
        ? messages.noEngine({ names: tried.map(({ name }) => name).join(', ') })
        : quoted(named.map(({ name, problem }) => `${name}: ${problem}`).join('; '));
    const fix = silent[0]
      ? startEngine(silent[0].name, machine.platform)
      : env.CONTAINER_ENGINE
        ? 'install it, or unset CONTAINER_ENGINE'
        : 'install Docker or Podman, or a Dart SDK';
    if (!isUsable(sdk, context)) return { status: 'fail', detail: problem, fix };
    const detail = messages.sdkInstead({ problem });
    return named.length === 0 ? { status: 'ok', detail } : { status: 'warn', detail, fix };
  },
};
