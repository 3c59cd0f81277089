import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const HOST = fileURLToPath(new URL('local-host.ts', import.meta.url));
const FUNCTION = fileURLToPath(new URL('../fixtures/local/streaming.mjs', import.meta.url));

/**
 * Serves functions by a local Lambda in a process of its own, so that its memory can be measured.
 *
 * @param {string} functions YAML, below `functions:`
 */
export async function startLocalProcess(functions) {
  const folder = mkdtempSync(join(tmpdir(), 'create-lambda-hello-'));
  const file = join(folder, 'host.mjs');
  const bundle = await rolldown({
    input: HOST,
    platform: 'node',
    checks: { eval: false, ineffectiveDynamicImport: false },
  });
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  await bundle.close();
  const yaml = `service: shop\nprovider: { name: aws, runtime: provided.al2023 }\nfunctions:\n${functions}`;
  const child = fork(file, [yaml, FUNCTION]);
  const exited = once(child, 'exit');
  const early = exited.then(([code]) => Promise.reject(new Error(`it ended with ${code}`)));
  early.catch(() => {});
  const [ready] = await Promise.race([once(child, 'message'), early]);
  /** @type {{ origin: string, urls: Record<string, string> }} */
  const { origin, urls } = ready;
  return {
    origin,
    urls,
    /**
     * Resolves with the next report that it is.
     *
     * @param {(report: import('../../src/local/report.ts').Report) => boolean} isIt
     */
    report: (isIt) => message(({ report }) => report !== undefined && isIt(report)),
    /** The most memory that the process has had, in MB. */
    async peak() {
      const answer = message(({ peak }) => peak !== undefined);
      child.send('peak');
      return Number((await answer).peak);
    },
    async stop() {
      child.disconnect();
      await exited;
      rmSync(folder, { recursive: true });
    },
  };

  /**
   * @typedef {{ report?: import('../../src/local/report.ts').Report, peak?: number }} Message
   * @param {(message: Message) => boolean} isIt
   * @returns {Promise<Message>}
   */
  function message(isIt) {
    return new Promise((resolve) => {
      child.on('message', function listen(/** @type {Message} */ given) {
        if (!isIt(given)) return;
        child.off('message', listen);
        resolve(given);
      });
    });
  }
}
