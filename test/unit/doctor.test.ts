import { describe, expect, it } from 'vitest';
import { formatResults } from '../../src/commands/doctor/report.ts';
import { type Check, type CheckContext, type Result, runCheck } from '../../src/doctor/check.ts';
import { UserError } from '../../src/errors.ts';
import { quoted } from '../../src/message.ts';
import { capture, parsePortOwner, portOwner } from '../../src/tools/probes.ts';
import { PLAIN } from '../../src/ui/style.ts';

describe('runCheck', () => {
  const stop = new AbortController();
  const env = { AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG', AWS_ACCESS_KEY_ID: 'testing' };
  const context = { env, signal: stop.signal } as unknown as CheckContext;
  const check = (run: Check['run'], limit?: number) =>
    runCheck({ id: 'x', title: 'X', fixWhenSlow: 'wait', run }, context, limit);

  it('gives what the check found, with its name', async () => {
    const finding = { status: 'warn', detail: quoted('old'), fix: 'new' } as const;
    expect(await check(async () => finding)).toEqual({ id: 'x', title: 'X', ...finding });
  });

  it('makes a failure of an expected error', async () => {
    const result = await check(async () => {
      throw new UserError(quoted('gone.'), 'bring it back');
    });
    expect(result).toMatchObject({ status: 'fail', detail: 'gone.', fix: 'bring it back' });
  });

  it('says of an unexpected error that the check itself failed', async () => {
    const result = await check(async () => {
      throw new TypeError('x is not a function');
    });
    expect(result.status).toBe('fail');
    expect(result.detail).toBe('the check itself failed, please report it: x is not a function');
  });

  it('does not wait for a check that hangs, and tells it so', async () => {
    let signal: AbortSignal | undefined;
    const result = await check((given) => {
      signal = given.signal;
      return new Promise(() => {});
    }, 20);
    const detail = 'no answer within 0.02 s';
    expect(result).toMatchObject({ status: 'fail', detail, fix: 'wait' });
    expect(signal?.aborted).toBe(true);
  });

  it('is no failure when a check that is slow is none', async () => {
    const run = () => new Promise<never>(() => {});
    const slow = { id: 'x', title: 'X', statusWhenSlow: 'warn', run } as const;
    const result = await runCheck(slow, context, 20);
    expect(result).toEqual({
      ...{ id: 'x', title: 'X', status: 'warn' },
      detail: 'no answer within 0.02 s',
    });
  });

  it('prints no credentials, and takes no placeholder for one', async () => {
    const detail = quoted('testing AKIAIOSFODNN7EXAMPLE with wJalrXUtnFEMI/K7MDENG');
    const result = await check(async () => ({ status: 'fail', detail, fix: detail }));
    expect(result).toMatchObject({ detail: 'testing *** with ***', fix: 'testing *** with ***' });
  });
});

describe('capture', () => {
  it('ends a command that is not waited for any longer', async () => {
    const stop = new AbortController();
    let kill = () => {};
    const exited = new Promise<never>((_, reject) => {
      kill = () => reject(new Error('killed'));
    });
    const running = { pid: 1, exited, kill: () => kill(), interrupt: () => {} };
    const captured = capture(async () => running, { tool: 'x', args: [], cwd: '.' }, stop.signal);
    stop.abort();
    await expect(captured).rejects.toThrow('killed');
  });
});

describe('the owner of a port', () => {
  it.each([
    ['linux', 'ss'],
    ['darwin', 'lsof'],
    ['win32', undefined],
  ])('is asked for on %s with %s', (platform, tool) => {
    expect(portOwner(platform, 3000, '.')?.tool).toBe(tool);
  });

  it.each([
    ['LISTEN 0 511 127.0.0.1:3000 0.0.0.0:* users:(("node",pid=12,fd=20))', 'node (process 12)'],
    ['p12\ncnode\nf20\n', 'node (process 12)'],
    ['LISTEN 0 511 127.0.0.1:3000 0.0.0.0:*', undefined], // of another user
    ['', undefined],
  ])('is read from %j', (output, owner) => {
    expect(parsePortOwner(output)).toBe(owner);
  });
});

describe('the report', () => {
  const results: Result[] = [
    { id: 'a', title: 'A', status: 'ok', detail: '1.0' },
    { id: 'bb', title: 'Bb', status: 'warn', detail: 'old\n  and \u001b[31mred' },
    { id: 'c', title: 'C', status: 'fail', detail: 'gone', fix: 'bring it back' },
  ];

  it('is a line for each check, and one for what to try', () => {
    expect(formatResults(results, PLAIN, true)).toBe(
      ['✔ A   1.0', '! Bb  old and ?[31mred', '✖ C   gone', '      Try: bring it back'].join('\n'),
    );
  });

  it('is a line, and what to try, for each part of a result', () => {
    const parts = [
      { detail: 'shop' },
      { detail: 'a\nb', fix: 'c' },
      { detail: 'd' },
      { detail: 'e', fix: 'f' },
    ];
    const whole = { id: 'd', title: 'D', status: 'fail', detail: 'shop; a', fix: 'c; f' } as const;
    expect(formatResults([{ ...whole, parts }], PLAIN, true).split('\n')).toEqual([
      '✖ D  shop',
      '     a b',
      '     Try: c',
      '     d',
      '     e',
      '     Try: f',
    ]);
  });

  it('is plain ASCII where symbols cannot be shown', () => {
    expect(formatResults(results, PLAIN, false)).toBe(
      [
        'ok   A   1.0',
        'warn Bb  old and ?[31mred',
        'FAIL C   gone',
        '         Try: bring it back',
      ].join('\n'),
    );
  });
});
