import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, inject, it, vi } from 'vitest';
import { canDeploy, deployingMachine, inState } from '../support/deploying-machine.ts';
import { isRunning } from '../support/local.ts';
import { NOTHING, REGION } from '../support/moto.ts';

const dartBin = inject('dartBin');
type Env = Record<string, string | undefined>;

describe.skipIf(!canDeploy)('what goes wrong on the way to AWS', () => {
  const machine = deployingMachine();
  const { folder, generate, start, ended, cli, terminal, awsThat } = machine;

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
      return { PATH: `${bin}${delimiter}${machine.env.PATH}` };
    }
    const NOTHING_MADE = `error: Interrupted. Nothing was created on AWS: there is no stack slow-dev (${REGION}).`;
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
      expect(await machine.moto.everything()).toEqual(NOTHING);
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
        `error: Interrupted: the stack cut-dev (${REGION}) is UPDATE_IN_PROGRESS: AWS is still at work on it.`,
      );
      expect((await cli(['remove', '--yes'], {}, cut)).status).toBe(0);
      expect(await machine.moto.everything()).toEqual(NOTHING);
    });
  });
});
