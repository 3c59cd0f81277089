import { describe, expect, it } from 'vitest';
import { fn, reportsOf, runtime, serve } from '../../support/local.ts';

const isHanging = ({ line }: { line: string }) => line.startsWith('hanging');
const kill = (pid: number | undefined) => process.kill(pid ?? 0, 'SIGKILL');

describe('a process that is killed with SIGKILL', () => {
  it('while it starts fails the invocation that waits for it, and is replaced', async () => {
    let mode = 'hang';
    const served = await serve([fn()], () => runtime(mode));
    const first = served.get('/hello');
    await served.until(() => served.pids.length > 0);
    mode = 'serve';
    kill(served.pids[0]);
    expect((await first).status).toBe(502);
    expect(reportsOf(served.reports, 'function-error')[0]?.error.errorMessage).toContain(
      'Runtime exited with error: signal: killed',
    );
    expect((await served.get('/hello')).status).toBe(200);
  });

  it('while it waits for an event fails nothing', async () => {
    const served = await serve();
    expect((await served.get('/hello')).json.count).toBe(1);
    kill(served.pids[0]);
    // Until that is known here, an event could still be given to it, and be lost with it.
    await served.until(() => reportsOf(served.reports, 'warning').length > 0);
    expect((await served.get('/hello')).json.count).toBe(1);
    expect(reportsOf(served.reports, 'function-error')).toEqual([]);
  });

  it('in the middle of an invocation fails it alone', async () => {
    const served = await serve();
    const hanging = served.get('/hang');
    await served.until(() => reportsOf(served.reports, 'output').some(isHanging));
    const next = served.get('/hello');
    kill(served.pids[0]);
    expect((await hanging).status).toBe(502);
    expect((await next).status).toBe(200);
    expect(reportsOf(served.reports, 'function-error')).toHaveLength(1);
  });

  it('after it has responded, and is replaced', async () => {
    const served = await serve();
    expect((await served.get('/respond-and-hang')).status).toBe(200);
    const next = served.get('/hello');
    kill(served.pids[0]);
    expect((await next).status).toBe(200);
    expect(reportsOf(served.reports, 'function-error')).toEqual([]);
  });
});
