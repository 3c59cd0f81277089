import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readExpression } from '../../../src/local/schedules/expression.ts';
import { Schedules } from '../../../src/local/schedules/schedules.ts';
import type { ScheduleSource } from '../../../src/service/function-source.ts';
import { aFunction } from '../../support/function.ts';

const START = new Date('2026-01-01T10:02:30Z');

/** The first times of a schedule after the start. */
function times(expression: string, count: number, timezone?: string): (string | undefined)[] {
  const next = readExpression(expression, START, timezone);
  let after: Date | undefined = START;
  return Array.from({ length: count }, () => {
    after = after && next?.(after);
    return after?.toISOString().slice(0, 16);
  });
}

// The expressions of https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
describe('a schedule expression', () => {
  it.each([
    ['rate(1 minute)', ['2026-01-01T10:03', '2026-01-01T10:04']],
    ['rate(2 hours)', ['2026-01-01T12:02', '2026-01-01T14:02']],
    ['rate(1 day)', ['2026-01-02T10:02', '2026-01-03T10:02']],
    ['cron(0 10 * * ? *)', ['2026-01-02T10:00', '2026-01-03T10:00']],
    ['cron(15 12 * * ? *)', ['2026-01-01T12:15', '2026-01-02T12:15']],
    ['cron(0 18 ? * MON-FRI *)', ['2026-01-01T18:00', '2026-01-02T18:00', '2026-01-05T18:00']],
    ['cron(0 8 1 * ? *)', ['2026-02-01T08:00', '2026-03-01T08:00']],
    ['cron(0/15 * * * ? *)', ['2026-01-01T10:15', '2026-01-01T10:30']],
    ['cron(0/10 * ? * MON-FRI *)', ['2026-01-01T10:10', '2026-01-01T10:20']],
    ['cron(0/5 8-17 ? * MON-FRI *)', ['2026-01-01T10:05', '2026-01-01T10:10']],
    ['cron(0 9 ? * 2#1 *)', ['2026-01-05T09:00', '2026-02-02T09:00']],
    ['cron(0 9 ? * 6L *)', ['2026-01-30T09:00', '2026-02-27T09:00']],
    ['cron(0 9 L * ? *)', ['2026-01-31T09:00', '2026-02-28T09:00']],
    ['cron(0 9 3W * ? *)', ['2026-01-02T09:00', '2026-02-03T09:00']],
    ['cron(0 9 ? * 1 *)', ['2026-01-04T09:00', '2026-01-11T09:00']],
    ['cron(0 9 ? * L *)', ['2026-01-03T09:00', '2026-01-10T09:00']],
    ['cron(0 9 1 1 ? 2027-2028)', ['2027-01-01T09:00', '2028-01-01T09:00', undefined]],
    ['at(2026-01-02T03:04:05)', ['2026-01-02T03:04', undefined]],
  ])('%s is due at the times of AWS', (expression, expected) => {
    expect(times(expression, expected.length)).toEqual(expected);
  });

  it('is due in its time zone', () => {
    expect(times('cron(0 9 * 7 ? *)', 1, 'Europe/Vienna')).toEqual(['2026-07-01T07:00']);
  });

  it.each(['cron(0 9 * * * *)', 'cron(0 9 ? * ? *)', 'cron(0 9 * * ?)', 'rate(0 days)', 'daily'])(
    'is none: %s',
    (expression) => {
      expect(readExpression(expression, START)).toBeUndefined();
    },
  );
});

describe('the schedules of a service', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: START });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const start = (source: Partial<ScheduleSource>) => {
    const sent: unknown[] = [];
    const reports: object[] = [];
    const schedules = new Schedules(
      async (_key, { payload }) => {
        sent.push(JSON.parse(payload.toString()));
        return { ok: true, payload: Buffer.alloc(0), cold: false };
      },
      (report) => reports.push(report),
    );
    const all: ScheduleSource = { source: 'schedule', rates: [], enabled: true, ...source };
    const functions = [aFunction({ sources: [all] })];
    schedules.update({ name: 'shop', stage: 'dev', region: 'eu-west-1', functions });
    return { schedules, sent, reports };
  };

  it('fire until they are closed', async () => {
    const { schedules, sent, reports } = start({ rates: ['rate(1 minute)'] });
    expect(schedules.due).toMatchObject([
      { function: 'hello', next: new Date('2026-01-01T10:03:30Z') },
    ]);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(sent).toMatchObject([
      { source: 'aws.events', 'detail-type': 'Scheduled Event', time: '2026-01-01T10:03:30Z' },
      { time: '2026-01-01T10:04:30Z' },
    ]);
    expect(reports).toMatchObject([{ type: 'delivery', failed: 0 }, { type: 'delivery' }]);
    schedules.close();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(sent).toHaveLength(2);
  });

  it('send their input, also after more days than a timer takes', async () => {
    const { sent } = start({ rates: ['rate(30 days)'], input: { a: 1 } });
    await vi.advanceTimersByTimeAsync(30 * 86_400_000);
    expect(sent).toEqual([{ a: 1 }]);
  });

  it('warn of what is no expression, and do not fire where they are disabled', async () => {
    expect(start({ rates: ['daily'] }).reports).toMatchObject([{ type: 'warning' }]);
    const { sent } = start({ rates: ['rate(1 minute)'], enabled: false });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual([]);
  });
});
