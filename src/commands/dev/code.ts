import { relative } from 'node:path';
import type { Launch } from '../../local/lambda/environment-options.ts';
import type { ServiceFunction } from '../../service/service.ts';
import { type Command, formatCommand, type Run } from '../../tools/command.ts';
import { bootstrapCommand, dartRun, entryPointOf } from '../../tools/dart/commands.ts';
import { Kernels } from '../../tools/dart/kernels.ts';
import type { DevEvent } from './events.ts';

/** How long the code must be unchanged until it is compiled for the next `dev`, in milliseconds. */
const UNCHANGED_MS = 2000;

/** The code of a service, as its processes run it. */
export interface ServedCode {
  /** Returns how a function's process is started; `ahead`: before it is needed. */
  launch(fn: ServiceFunction, ahead: boolean): Launch | Promise<Launch>;
  /** Finds out which of the functions start without compiling. */
  lookUp(functions: readonly ServiceFunction[]): Promise<unknown>;
  /** Whether a function's process starts without compiling, as far as that was found out. */
  startsAtOnce(fn: ServiceFunction): boolean;
  /** Notes that the sources have changed. */
  invalidate(): void;
  /** Compiles what was started, for the next `dev` with the same sources, when there is time. */
  compileLater(): void;
  /** Ends what still compiles. */
  close(): void;
}

export interface DartCodeOptions {
  /** The folder of the service. */
  readonly root: string;
  /** The path of `dart`. */
  readonly dart: string;
  readonly run: Run;
  /** Whether processes can take changed code while they run. */
  readonly reloadable: boolean;
  readonly emit: (event: DevEvent) => void;
}

/**
 * Code in Dart, as it is in lib/. The first process, and those that are started ahead, run from
 * source: they take a change in the shortest time, as their VM compiles just what has changed. All
 * others start from a kernel, which is compiled once for all of them and takes a fifth of the memory.
 */
export class DartCode implements ServedCode {
  readonly #options: DartCodeOptions;
  readonly #kernels: Kernels;
  /** The entry points that a process was started from. */
  readonly #started = new Set<string>();
  /** Those of them that one was started from since the last change. */
  readonly #current = new Set<string>();
  #later: NodeJS.Timeout | undefined;

  constructor(options: DartCodeOptions) {
    const { root, dart, run, emit } = options;
    this.#options = options;
    const onCommand = (command: Command) =>
      emit({ type: 'compile', line: formatCommand({ ...command, tool: 'dart' }) });
    this.#kernels = new Kernels({ root, dart, run, onCommand });
  }

  async launch({ key, handler }: ServiceFunction, ahead: boolean): Promise<Launch> {
    const { root, dart, reloadable, emit } = this.#options;
    const entryPoint = entryPointOf(handler);
    const isKept = await this.#kernels.isKept(entryPoint);
    const isFirst = !isKept && !this.#current.has(entryPoint);
    this.#current.add(entryPoint);
    this.#started.add(entryPoint);
    const fromSource = ahead ? reloadable : isFirst;
    if (fromSource) this.compileLater();
    const kernel = fromSource ? undefined : await this.#kernels.get(entryPoint);
    // Code that does not compile is started from source: the process then says what is wrong.
    const path = kernel && 'path' in kernel ? relative(root, kernel.path) : undefined;
    const command = dartRun(dart, root, path ?? entryPoint, { reloadable });
    emit({ type: 'process', function: key, line: formatCommand(command) });
    if (path === undefined || !reloadable) return command;
    return { ...command, recompile: () => this.#kernels.get(entryPoint) };
  }

  lookUp(functions: readonly ServiceFunction[]): Promise<unknown> {
    const entryPoints = new Set(functions.map(({ handler }) => entryPointOf(handler)));
    return Promise.all([...entryPoints].map((entryPoint) => this.#kernels.isKept(entryPoint)));
  }

  startsAtOnce({ handler }: ServiceFunction): boolean {
    return this.#kernels.isReady(entryPointOf(handler));
  }

  invalidate(): void {
    clearTimeout(this.#later);
    this.#current.clear();
    this.#kernels.invalidate();
  }

  compileLater(): void {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => {
      for (const entryPoint of this.#started) void this.#kernels.get(entryPoint);
    }, UNCHANGED_MS);
  }

  close(): void {
    clearTimeout(this.#later);
    this.#kernels.close();
  }
}

/** The executables that `build` has compiled. */
export class CompiledCode implements ServedCode {
  readonly #root: string;
  readonly #emit: (event: DevEvent) => void;

  /**
   * @param functions are checked now, not at the first request
   * @throws UserError when an executable is missing, or is for another machine
   */
  constructor(
    root: string,
    functions: readonly ServiceFunction[],
    emit: (event: DevEvent) => void,
  ) {
    this.#root = root;
    this.#emit = emit;
    for (const { handler, architecture } of functions) {
      bootstrapCommand(root, handler, architecture);
    }
  }

  launch({ key, handler, architecture }: ServiceFunction): Launch {
    const command = bootstrapCommand(this.#root, handler, architecture);
    this.#emit({ type: 'process', function: key, line: formatCommand(command) });
    return command;
  }

  async lookUp(): Promise<void> {}

  startsAtOnce(): boolean {
    return true;
  }

  invalidate(): void {}

  compileLater(): void {}

  close(): void {}
}
