import { randomUUID } from 'node:crypto';
import { ACCOUNT_ID } from '../../service/defaults.ts';
import type { ScheduleSource } from '../../service/function-source.ts';
import type { Service, ServiceFunction } from '../../service/service.ts';
import type { Invoke } from '../lambda/invocation.ts';
import type { Reporter } from '../report.ts';
import { sendEvent } from '../send-event.ts';
import { type Next, readExpression } from './expression.ts';
import * as messages from './messages.ts';

/** The longest time that a timer takes, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

interface Schedule {
  readonly fn: ServiceFunction;
  readonly source: ScheduleSource;
  readonly expression: string;
  readonly next: Next;
}

/** A schedule, and when it is due next. */
export interface DueSchedule {
  readonly function: string;
  readonly expression: string;
  readonly next: Date | undefined;
}

/** Fires the schedules of a service. */
export class Schedules {
  readonly #invoke: Invoke;
  readonly #report: Reporter;
  readonly #timers = new Map<Schedule, NodeJS.Timeout>();
  #region = '';
  #schedules: readonly Schedule[] = [];

  constructor(invoke: Invoke, report: Reporter) {
    this.#invoke = invoke;
    this.#report = report;
  }

  /** Fires the schedules of this version of the service, and no others. */
  update(service: Service): void {
    this.close();
    this.#region = service.region;
    const start = new Date();
    this.#schedules = service.functions.flatMap((fn) =>
      (fn.sources ?? []).flatMap((source) =>
        source.source === 'schedule' && source.enabled ? this.#read(fn, source, start) : [],
      ),
    );
    for (const schedule of this.#schedules) this.#wait(schedule, start);
  }

  /** Lists the schedules, and when each is due. */
  get due(): readonly DueSchedule[] {
    const now = new Date();
    return this.#schedules.map(({ fn, expression, next }) => ({
      function: fn.key,
      expression,
      next: next(now),
    }));
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #read(fn: ServiceFunction, source: ScheduleSource, start: Date): Schedule[] {
    return source.rates.flatMap((expression) => {
      const next = readExpression(expression, start, source.timezone);
      if (next !== undefined) return [{ fn, source, expression, next }];
      const message = messages.notASchedule({ function: fn.key, expression });
      this.#report({ type: 'warning', function: fn.key, message });
      return [];
    });
  }

  #wait(schedule: Schedule, after: Date): void {
    const time = schedule.next(after);
    if (time === undefined) return;
    const left = time.getTime() - Date.now();
    const timer = setTimeout(
      () => {
        if (time.getTime() - Date.now() > 0) return this.#wait(schedule, after);
        this.#wait(schedule, time);
        void this.#fire(schedule, time);
      },
      Math.min(Math.max(left, 0), LONGEST_TIMER),
    );
    timer.unref();
    this.#timers.set(schedule, timer);
  }

  async #fire({ fn, source, expression }: Schedule, time: Date): Promise<void> {
    const event = 'input' in source ? source.input : scheduleEvent(fn, source, this.#region, time);
    const { payload, ms, requestId } = await sendEvent(this.#invoke, fn.key, event);
    this.#report({
      type: 'delivery',
      function: fn.key,
      source: 'schedule',
      from: expression,
      records: 1,
      failed: payload === undefined ? 1 : 0,
      ms,
      requestId,
    });
  }
}

/** Makes the event that EventBridge sends for a rule, or EventBridge Scheduler for a schedule. */
function scheduleEvent(
  { name }: ServiceFunction,
  { method }: ScheduleSource,
  region: string,
  time: Date,
): object {
  const isScheduler = method === 'scheduler';
  const resource = isScheduler
    ? `arn:aws:scheduler:${region}:${ACCOUNT_ID}:schedule/default/${name}`
    : `arn:aws:events:${region}:${ACCOUNT_ID}:rule/${name}`;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: isScheduler ? 'aws.scheduler' : 'aws.events',
    account: ACCOUNT_ID,
    time: `${time.toISOString().slice(0, 19)}Z`,
    region,
    resources: [resource],
    detail: isScheduler ? '{}' : {},
  };
}
