import { messageOf, UserError, withHint } from '../../errors.ts';
import { type Message, quoted } from '../../message.ts';
import type { Exit, Running } from '../../tools/command.ts';
import { within } from '../../util/within.ts';
import { VmLink } from '../reload/vm-link.ts';
import type { ReloadOutcome } from '../reload/vm-service.ts';
import type { EnvironmentOptions, InitFailure, Launch } from './environment-options.ts';
import { functionArn } from './environment-variables.ts';
import { Init } from './init.ts';
import {
  exited,
  failure,
  initTimedOut,
  invalidEntrypoint,
  type RawResult,
  timedOut,
} from './invocation.ts';
import * as messages from './messages.ts';
import type { Pending } from './pending.ts';
import { RuntimeApi, type RuntimeListener } from './runtime-api/runtime-api.ts';
import { runtimeCommand } from './runtime-command.ts';

/**
 * How long a process may take to ask for its first event. Lambda allows 10 s, but `dart run` also
 * has to compile, possibly on a busy machine.
 */
const INIT_LIMIT_SECONDS = 120;

/**
 * How long to wait for the connections of an ended process. They end with it, unless a process
 * that has left its group holds them.
 */
const DRAIN_LIMIT_MS = 1000;

/**
 * An execution environment: a process and its Runtime API. The process is started at once and takes
 * one invocation at a time. A timeout, an init error, its own exit or `close` end it; it is no
 * longer `alive` then, and the next invocation needs another environment.
 */
export class Environment implements RuntimeListener {
  /** Resolves when the process has ended and its connections are closed. Never rejects. */
  readonly ended: Promise<void>;
  readonly #options: EnvironmentOptions;
  readonly #init = new Init();
  #alive = true;
  #cold = true;
  #api: RuntimeApi | undefined;
  #process: Running | undefined;
  #launch: Launch | undefined;
  readonly #vm = new VmLink();
  #current: Pending | undefined;
  /** The invocation that has just ended, whose output may still arrive. */
  #ending: Pending | undefined;
  /** The current limit, of the init or of the invocation. */
  #timer: NodeJS.Timeout | undefined;

  constructor(options: EnvironmentOptions) {
    this.#options = options;
    this.ended = this.#live();
  }

  /** Resolves when the process has asked for its first event, or with a failure when it will not. */
  get ready(): Promise<InitFailure | undefined> {
    return this.#init.ended;
  }

  /** Whether it can take another invocation. */
  get alive(): boolean {
    return this.#alive;
  }

  /**
   * Runs a queued invocation, once the environment is `ready`. Resolves when it is done, or when the
   * process has ended before it got the event: the invocation is still queued then, for another
   * environment. Never rejects.
   */
  async take(pending: Pending): Promise<void> {
    if (!this.#alive) return;
    this.#current = pending;
    const taken = pending.taken();
    this.#api?.offer(pending.invocation);
    await taken;
  }

  /** Whether the process compiles changed code itself, which is the fastest way to reload it. */
  get compiles(): boolean {
    return this.#launch !== undefined && this.#launch.recompile === undefined;
  }

  /**
   * Notes that it was started ahead of its first invocation, which is no cold start then.
   *
   * @param how `stands-by`: others do the work until the code changes
   */
  keepWarm(how: 'prewarmed' | 'stands-by'): void {
    const { fn, report } = this.#options;
    this.#cold = false;
    report({ type: how, function: fn.key, ms: this.#init.duration ?? 0 });
  }

  /** Reloads the code from the disk in the running process. Never rejects. */
  async reload(): Promise<ReloadOutcome> {
    return this.#alive && this.#launch ? this.#vm.reload(this.#launch) : { kind: 'gone' };
  }

  /** Kills the process and its children. Resolves like `ended`. */
  close(): Promise<void> {
    this.#kill();
    this.#fail(() => failure('Runtime.ExitError', messages.environmentClosed()));
    return this.ended;
  }

  onReady(): void {
    clearTimeout(this.#timer);
    this.#init.succeed();
  }

  onInFlight(): number {
    const { fn, report } = this.#options;
    const current = this.#current;
    if (!current) throw new Error('an event is in flight that nobody waits for');
    const initDuration = this.#cold ? this.#init.duration : undefined;
    if (initDuration !== undefined) {
      report({ type: 'cold-start', function: fn.key, ms: initDuration });
    }
    // As on AWS the timeout lasts until the next /next: work after the response counts.
    this.#limit(fn.timeout, (requestId) => timedOut(requestId, fn.timeout));
    current.start({ ...this.#options, initDuration });
    return Date.now() + fn.timeout * 1000;
  }

  onResult(result: RawResult): void {
    this.#settle(result);
    this.#cold = false;
  }

  onInitError(result: RawResult): void {
    // The runtime now exits by itself, or the limit of the init ends it.
    this.#alive = false;
    this.#init.fail(() => result);
  }

  onRefused(message: Message): void {
    this.#options.report({ type: 'warning', message, once: 'refused' });
  }

  onDefect(error: unknown): void {
    this.#options.report({ type: 'defect', error });
  }

  /** Runs the process to its end and cleans up. */
  async #live(): Promise<void> {
    try {
      const exit = await this.#runProcess();
      if (exit) this.#exited(exit);
    } catch (error) {
      const reason = error instanceof UserError ? withHint(error) : quoted(messageOf(error));
      this.#fail((requestId) => invalidEntrypoint(requestId, reason));
      if (!(error instanceof UserError)) this.onDefect(error);
    }
    this.#alive = false;
    clearTimeout(this.#timer);
    this.#api?.close();
    await this.#vm.close();
  }

  async #runProcess(): Promise<Exit | undefined> {
    const { service, fn, run, env } = this.#options;
    const api = await RuntimeApi.start(functionArn(service, fn), this);
    this.#api = api;
    if (!this.#alive) return undefined;
    const launch = await this.#options.launch();
    if (!this.#alive) return undefined;
    this.#launch = launch;
    const variables = this.#options.variables();
    const process = await run(
      runtimeCommand(launch, { service, fn, env, variables, runtimeApi: api.address }),
      { output: (line) => this.#onLine(line), ownGroup: true },
    );
    this.#process = process;
    if (!this.#alive) process.kill();
    this.#limit(INIT_LIMIT_SECONDS, (requestId) => initTimedOut(requestId, INIT_LIMIT_SECONDS));
    const exit = await process.exited;
    // Its last response may still be in the socket.
    await within(DRAIN_LIMIT_MS, api.drained());
    // A slow client may take longer, up to the limit of the invocation.
    await api.passedOn();
    return exit;
  }

  #onLine(line: string): void {
    if (this.#vm.takes(line)) return;
    const { fn, report } = this.#options;
    report({ type: 'output', function: fn.key, line });
    (this.#current ?? this.#ending)?.print(line);
  }

  #exited(exit: Exit): void {
    const byItself = this.#alive;
    this.#alive = false;
    const failed = this.#fail((requestId) =>
      exit.startError === undefined
        ? exited(requestId, exit)
        : invalidEntrypoint(requestId, messages.notStarted({ code: exit.startError })),
    );
    if (!failed && byItself) {
      const status = exit.code === undefined ? 'for no known reason' : `exit status ${exit.code}`;
      const how = exit.signal ?? status;
      this.#warn(messages.endedByItself({ function: this.#options.fn.key, how }));
    }
  }

  /** Starts the time after which the process is killed. Replaces the previous limit. */
  #limit(seconds: number, result: (requestId: string) => RawResult): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#kill();
      if (this.#fail(result)) return;
      this.#warn(messages.askedForNoOther({ function: this.#options.fn.key }));
    }, seconds * 1000);
  }

  #kill(): void {
    this.#alive = false;
    this.#process?.kill();
    // It must not get another event if it asks for one at this moment.
    this.#api?.close();
  }

  /** Fails the init or the invocation, if there is one. An invocation not in flight stays queued. */
  #fail(result: InitFailure): boolean {
    if (this.#init.duration === undefined) {
      this.#init.fail(result);
      return true;
    }
    const current = this.#current;
    if (!current) return false;
    if (current.state === 'in flight') {
      this.#settle(result(current.invocation.requestId));
    } else {
      this.#current = undefined;
      current.leave();
    }
    return true;
  }

  #settle(result: RawResult): void {
    const current = this.#current;
    if (!current) return;
    this.#current = undefined;
    this.#ending = current;
    const endedBy = result.ok || this.#alive ? undefined : result.error.errorType;
    current.finish(result, this.#process?.pid, endedBy);
  }

  #warn(message: Message): void {
    const { fn, report } = this.#options;
    report({ type: 'warning', function: fn.key, message });
  }
}
