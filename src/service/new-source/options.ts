/** Describes what can be said of a function's source of events, and checks it. */

import { InvalidValueError } from '../../errors.ts';
import { isRecord, tryParseJson } from '../../util/json.ts';
import * as messages from './messages.ts';

/** Holds what was said of the source of a new function, by the names of the options. */
export interface SourceOptions {
  /** An ARN, the name or the logical id of a queue, or `import:` and the name of an export. */
  readonly queue?: string;
  readonly topic?: string;
  readonly table?: string;
  readonly stream?: string;
  readonly bucket?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  /** `rate(10 minutes)` or `cron(0 12 * * ? *)`. */
  readonly rate?: string;
  /** `cron(0 12 * * ? *)`. */
  readonly cron?: string;
  readonly timezone?: string;
  readonly pattern?: Pattern;
  readonly bus?: string;
  readonly pool?: string;
  readonly trigger?: string;
  readonly kmsKey?: string;
  readonly logGroup?: string;
  readonly filter?: string;
  readonly route?: string;
  readonly listener?: string;
  readonly path?: string;
  readonly sql?: string;
  readonly type?: string;
}

/** An event pattern of EventBridge. */
export type Pattern = Readonly<Record<string, unknown>>;

const UNITS = /^(\d+) (minute|hour|day)(s?)$/;

/**
 * Reads how often a schedule is due: `rate(10 minutes)`, `10 minutes` or `cron(...)`
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html).
 *
 * @throws InvalidValueError
 */
export function scheduleRate(text: string): string {
  const given = text.trim();
  if (/^cron\(.*\)$/.test(given)) return scheduleCron(given);
  const [, count = '', unit = '', plural] =
    UNITS.exec(given.replace(/^rate\((.*)\)$/, '$1').trim()) ?? [];
  if (Number(count) < 1) throw new InvalidValueError(messages.notARate(), '10 minutes');
  const isOne = Number(count) === 1;
  // AWS refuses `1 minutes` and `10 minute`.
  if (isOne === (plural === 's')) {
    const suggestion = `${count} ${unit}${isOne ? '' : 's'}`;
    throw new InvalidValueError(messages.notARate(), suggestion);
  }
  return `rate(${count} ${unit}${plural})`;
}

/**
 * Reads the six fields of a cron expression of AWS, with or without `cron()` around them.
 *
 * @throws InvalidValueError
 */
export function scheduleCron(text: string): string {
  const inside = text
    .trim()
    .replace(/^cron\((.*)\)$/, '$1')
    .trim();
  const fields = inside.split(/\s+/);
  const [, , day, , weekday] = fields;
  const isKnown = fields.every((field) => /^[\w*?,/#-]+$/.test(field));
  if (fields.length !== 6 || !isKnown || (day === '?') === (weekday === '?')) {
    throw new InvalidValueError(messages.notACron(), '0 12 * * ? *');
  }
  return `cron(${fields.join(' ')})`;
}

/** @throws InvalidValueError */
export function timeZone(text: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
  } catch {
    throw new InvalidValueError(messages.notATimeZone(), 'Europe/Berlin');
  }
  return text;
}

/** The fields that a pattern may have. */
const FIELDS = 'version id detail-type source account time region resources detail $or'.split(' ');

/** Returns whether every value below is in a list, as EventBridge wants it. */
const isInLists = (rules: unknown): boolean =>
  Array.isArray(rules) || (isRecord(rules) && Object.values(rules).every(isInLists));

/** @throws InvalidValueError */
export function eventPattern(given: unknown): Pattern {
  const value = typeof given === 'string' ? tryParseJson(given) : given;
  const fail = (reason: ReturnType<typeof messages.notAPattern>) =>
    new InvalidValueError(reason, '{"source":["acme.orders"]}');
  if (!isRecord(value) || Object.keys(value).length === 0) throw fail(messages.notAPattern());
  const odd = Object.keys(value).find((field) => !FIELDS.includes(field));
  if (odd !== undefined) {
    throw fail(messages.notAFieldOfEvents({ name: odd, names: FIELDS.join(', ') }));
  }
  const loose = Object.entries(value).find(([, rules]) => !isInLists(rules));
  if (loose !== undefined) throw fail(messages.notInLists({ name: loose[0] }));
  return value;
}

/** Returns a check that a text matches, which suggests another one where it does not. */
export const matching =
  (pattern: RegExp, suggestion: string) =>
  (text: string): string => {
    if (pattern.test(text)) return text;
    throw new InvalidValueError(messages.notOfThatForm(), suggestion);
  };
