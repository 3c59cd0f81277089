import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { sourcesHash } from '../../../templates/service/tool/dart-sources.mjs';
import { messageOf } from '../../errors.ts';
import type { Command, Run, Running } from '../command.ts';
import { dartCompileKernel } from './commands.ts';

/** Where the kernels of a service are kept, from its root. */
const FOLDER = '.dart_tool/create-lambda-hello';

const HASH_LENGTH = 16;
const EXTENSION = '.dill';

export interface KernelsOptions {
  /** The folder of the service. */
  readonly root: string;
  /** The path of `dart`. */
  readonly dart: string;
  readonly run: Run;
  /** Called with each command that compiles. */
  readonly onCommand: (command: Command) => void;
}

/** A compiled entry point, as an absolute path; `rejected` says why there is none. */
export type Kernel = { readonly path: string } | { readonly rejected: string };

/**
 * Compiles the entry points of a service to kernel files (https://dart.dev/tools/dart-compile#kernel),
 * once for all processes: a VM starts from one in a tenth of the time that it takes from source. They
 * are kept by a hash of what they are made of, so that another `dev` with the same sources compiles
 * nothing.
 */
export class Kernels {
  readonly #options: KernelsOptions;
  /** Where the kernels of the code as it is are or will be, by entry point. */
  readonly #paths = new Map<string, Promise<string>>();
  /** The kernels of the code as it is, by entry point. */
  readonly #made = new Map<string, Promise<Kernel>>();
  /** The entry points whose kernel is there. */
  readonly #ready = new Set<string>();
  readonly #compiling = new Set<Running>();
  /** How often the code has changed. */
  #changes = 0;
  #closed = false;

  constructor(options: KernelsOptions) {
    this.#options = options;
  }

  /** Whether a kernel of the code as it is was found or made. */
  isReady(entryPoint: string): boolean {
    return this.#ready.has(entryPoint);
  }

  /** Returns whether there is a kernel of the code as it is, so that nothing has to be compiled. */
  async isKept(entryPoint: string): Promise<boolean> {
    const path = this.#path(entryPoint);
    // Where that cannot be told, there is none; what starts the program then says why.
    const isKept = await path.then(existsSync, () => false);
    const isCurrent = this.#paths.get(entryPoint) === path;
    if (isCurrent && isKept) this.#ready.add(entryPoint);
    // Somebody has removed it.
    if (isCurrent && !isKept && this.#ready.has(entryPoint)) this.#forget(entryPoint);
    return isKept;
  }

  /** Returns the kernel of the code as it is. Compiles it where it is not kept. Never rejects. */
  get(entryPoint: string): Promise<Kernel> {
    const known = this.#made.get(entryPoint);
    if (known !== undefined) return known;
    const kernel = this.#make(entryPoint).then(
      (made) => {
        if (made !== 'outdated') return made;
        if (this.#made.get(entryPoint) === kernel) this.#forget(entryPoint);
        return this.get(entryPoint);
      },
      // The disk is full, for example: then there is none.
      (error: unknown) => ({ rejected: messageOf(error) }),
    );
    this.#made.set(entryPoint, kernel);
    return kernel;
  }

  /** Notes that the code has changed. */
  invalidate(): void {
    this.#changes++;
    // What they make is not needed any more.
    for (const running of this.#compiling) running.kill();
    for (const entryPoint of [...this.#paths.keys()]) this.#forget(entryPoint);
  }

  /** Ends the compilations that run. */
  close(): void {
    this.#closed = true;
    for (const running of this.#compiling) running.kill();
  }

  #forget(entryPoint: string): void {
    this.#paths.delete(entryPoint);
    this.#made.delete(entryPoint);
    this.#ready.delete(entryPoint);
  }

  #path(entryPoint: string): Promise<string> {
    const known = this.#paths.get(entryPoint);
    if (known !== undefined) return known;
    const path = this.#find(entryPoint);
    this.#paths.set(entryPoint, path);
    return path;
  }

  /** Returns where the kernel of the code as it is now is kept. */
  async #find(entryPoint: string): Promise<string> {
    const { root, dart } = this.#options;
    const hash = await sourcesHash(root, ['kernel', entryPoint, await sdkOf(dart)]);
    return join(root, FOLDER, `${nameOf(entryPoint)}-${hash.slice(0, HASH_LENGTH)}${EXTENSION}`);
  }

  /** Returns `outdated` where the code has changed meanwhile. */
  async #make(entryPoint: string): Promise<Kernel | 'outdated'> {
    const changes = this.#changes;
    const path = await this.#path(entryPoint);
    if (await this.isKept(entryPoint)) return { path };
    const unfinished = `${path}.${process.pid}`;
    await mkdir(dirname(path), { recursive: true });
    const rejected = await this.#compile(entryPoint, unfinished);
    const hasChanged = async () =>
      changes !== this.#changes || (await this.#find(entryPoint)) !== path;
    const isOutdated = !this.#closed && (await hasChanged());
    if (rejected !== undefined || isOutdated) {
      await rm(unfinished, { force: true });
      return isOutdated ? 'outdated' : { rejected: rejected ?? '' };
    }
    await rename(unfinished, path);
    await removeOthers(path);
    await this.isKept(entryPoint);
    return { path };
  }

  /** Returns what the compiler says where it refuses the code. */
  async #compile(entryPoint: string, output: string): Promise<string | undefined> {
    const { root, dart, run, onCommand } = this.#options;
    const command = dartCompileKernel(dart, root, entryPoint, output);
    onCommand(command);
    const lines: string[] = [];
    const running = await run(command, { output: (line) => lines.push(line), ownGroup: true });
    this.#compiling.add(running);
    if (this.#closed) running.kill();
    const { code, startError } = await running.exited;
    this.#compiling.delete(running);
    if (code === 0) return undefined;
    return startError ?? lines.filter((line) => !line.startsWith('Compiling ')).join('\n');
  }
}

/** Identifies the SDK: a VM reads no kernels of other versions. */
async function sdkOf(dart: string): Promise<string> {
  const program = await realpath(dart);
  // An SDK of the archive, of Flutter or of a package manager has it there; others have none.
  const version = await readFile(join(dirname(program), '../version'), 'utf8').catch(() => '');
  const { mtimeMs } = await stat(program);
  return JSON.stringify([program, version, mtimeMs]);
}

/** `handlers-main` for `lib/handlers/main.dart`. */
const nameOf = (entryPoint: string): string =>
  entryPoint.replace(/^lib\/|\.dart$/g, '').replaceAll('/', '-');

/** Removes the kernels of older versions of an entry point. */
async function removeOthers(path: string): Promise<void> {
  const [folder, own] = [dirname(path), basename(path)];
  const name = own.slice(0, -HASH_LENGTH - EXTENSION.length);
  for (const entry of await readdir(folder)) {
    const isOlder = entry.startsWith(name) && entry.length === own.length && entry !== own;
    if (isOlder) await rm(join(folder, entry), { force: true });
  }
}
