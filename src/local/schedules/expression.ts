import { Cron } from 'croner';

const UNITS: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** Returns the first time of a schedule after the given one; undefined where there is none. */
export type Next = (after: Date) => Date | undefined;

/**
 * Reads a schedule expression of AWS: `rate(5 minutes)`, `cron(0 12 * * ? *)` or `at(...)`.
 * Undefined where it is none
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html).
 *
 * @param start when a rate starts; its first time is one interval later
 */
export function readExpression(text: string, start: Date, timezone = 'UTC'): Next | undefined {
  const [, kind, inside = ''] = /^\s*(rate|cron|at)\((.*)\)\s*$/.exec(text) ?? [];
  if (kind === 'rate') return readRate(inside, start);
  try {
    if (kind === 'at') {
      const once = new Cron(inside.trim(), { timezone });
      return (after) => once.nextRun(after) ?? undefined;
    }
    return kind === 'cron' ? readCron(inside, timezone) : undefined;
  } catch {
    return undefined;
  }
}

function readRate(text: string, start: Date): Next | undefined {
  const [, count = '', unit = ''] = /^\s*(\d+)\s+(minute|hour|day)s?\s*$/.exec(text) ?? [];
  const interval = Number(count) * (UNITS[unit] ?? 0);
  if (!(interval > 0)) return undefined;
  return (after) => {
    const passed = Math.floor((after.getTime() - start.getTime()) / interval);
    return new Date(start.getTime() + (Math.max(passed, 0) + 1) * interval);
  };
}

/** Reads AWS's six fields: minutes, hours, day of the month, month, day of the week, year. */
function readCron(text: string, timezone: string): Next | undefined {
  const fields = text.trim().split(/\s+/);
  const [minutes, hours, day = '', month, weekday = '', year] = fields;
  // One of the two days has to be a question mark, which stands for any.
  if (fields.length !== 6 || (day === '?') === (weekday === '?')) return undefined;
  const any = (field: string) => (field === '?' ? '*' : field);
  // Alone, L is the last day of the week.
  const dayOfWeek = weekday === 'L' ? '7' : any(weekday);
  const pattern = [0, minutes, hours, any(day), month, dayOfWeek, year].join(' ');
  // 1 is a Sunday, as in Quartz.
  const cron = new Cron(pattern, { timezone, alternativeWeekdays: true, sloppyRanges: true });
  return (after) => cron.nextRun(after) ?? undefined;
}
