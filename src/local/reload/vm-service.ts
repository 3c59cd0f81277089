import type { WebSocket } from 'ws';
import { type Message, quoted } from '../../message.ts';
import { noReason } from './messages.ts';

/**
 * The outcome of a hot reload. `rejected`: the code does not compile; `restart`: it compiles, but
 * this process cannot be reloaded with it; `gone`: the process has ended.
 */
export type ReloadOutcome =
  | { readonly kind: 'reloaded' }
  | { readonly kind: 'rejected'; readonly message: string }
  | { readonly kind: 'restart'; readonly reason: Message }
  | { readonly kind: 'gone' };

const GONE: ReloadOutcome = { kind: 'gone' };

/** The lines that `dart run` prints about the VM service. */
const NOTICE =
  /^The Dart (VM service|DevTools debugger and profiler) is (?:listening on|available at:?) (\S+)/;

/**
 * Reads the address of the VM service, with its authentication code, from a line:
 * `http://127.0.0.1:8181/yf3k=/`. `hidden`: the line is about the VM service.
 */
export function readServiceNotice(line: string): {
  readonly hidden: boolean;
  readonly url?: string;
} {
  const [, what, url] = NOTICE.exec(line) ?? [];
  if (url === undefined) return { hidden: false };
  return what === 'VM service' ? { hidden: true, url } : { hidden: true };
}

interface RpcResponse {
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

/**
 * A client for the part of the Dart VM service protocol that a hot reload needs
 * (https://github.com/dart-lang/sdk/blob/main/runtime/vm/service/service.md).
 */
export class VmService {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, (response: RpcResponse | undefined) => void>();
  #id = 0;
  #closed = false;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#onMessage(String(data)));
    socket.on('close', () => this.#onClose());
    socket.on('error', () => this.#onClose());
  }

  /** Connects to a VM. Rejects when the connection fails. */
  static async connect(url: string): Promise<VmService> {
    const { WebSocket } = await import('ws');
    const address = `${url.replace(/^http/, 'ws').replace(/\/?$/, '/')}ws`;
    const socket = new WebSocket(address, { perMessageDeflate: false });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve()).once('error', reject);
    });
    return new VmService(socket);
  }

  /**
   * Compiles the changed files and reloads them in every isolate. Never rejects.
   *
   * @param packages the file URL of the package configuration
   * @param kernel the file URL of the compiled code; without it, the VM compiles the sources
   */
  async reload(packages: string, kernel?: string): Promise<ReloadOutcome> {
    const vm = await this.#call('getVM', {});
    const isolates = vm?.result?.isolates;
    if (!Array.isArray(isolates)) return GONE;
    for (const { id } of isolates as { id: string }[]) {
      const response = await this.#call('reloadSources', {
        isolateId: id,
        packagesUri: packages,
        ...(kernel !== undefined && { rootLibUri: kernel }),
      });
      if (response === undefined) return GONE;
      const outcome = outcomeOf(response);
      if (outcome.kind !== 'reloaded') return outcome;
    }
    return { kind: 'reloaded' };
  }

  close(): void {
    this.#socket.terminate();
    this.#onClose();
  }

  #call(method: string, params: object): Promise<RpcResponse | undefined> {
    if (this.#closed) return Promise.resolve(undefined);
    const id = String(++this.#id);
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    });
  }

  #onMessage(text: string): void {
    const response = JSON.parse(text) as RpcResponse & { readonly id?: string };
    if (response.id === undefined) return;
    this.#waiting.get(response.id)?.(response);
    this.#waiting.delete(response.id);
  }

  #onClose(): void {
    this.#closed = true;
    for (const resolve of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
  }
}

function outcomeOf({ result, error }: RpcResponse): ReloadOutcome {
  if (error) return { kind: 'restart', reason: quoted(error.message) };
  if (result?.success === true) return { kind: 'reloaded' };
  const notices = Array.isArray(result?.notices) ? (result.notices as { message?: string }[]) : [];
  const message = notices
    .map((notice) => notice.message ?? '')
    .join('\n')
    .trim();
  // Only the compiler names a place: `lib/main.dart:3:5: Error: ...`.
  if (/:\d+:\d+: Error: /.test(message)) return { kind: 'rejected', message };
  return { kind: 'restart', reason: message ? quoted(message) : noReason() };
}
