import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Explorer } from '../../explorer/explorer.ts';
import { pageRefusal } from '../../local/admission.ts';
import type { LocalServer, Pages } from '../../local/server.ts';
import { Traffic } from '../../local/traffic.ts';
import type { Service } from '../../service/service.ts';
import { readService, type ServiceOptions } from '../../service-folder/read.ts';
import type { Env } from '../../util/env.ts';
import { type DevEvent, documentOf } from './events.ts';

export interface ExplorerPagesOptions {
  readonly root: string;
  readonly env: Env;
  /** As in `--host`. */
  readonly host: string;
  readonly settings: ServiceOptions;
  /** Whether changes of the files are told; else the files are read for each document. */
  readonly watched: boolean;
  readonly program: string;
  readonly emit: (event: DevEvent) => void;
}

const PATH = '/_explorer';

/** What the page shows of the events of `dev`, besides requests. */
const SHOWN: ReadonlySet<DevEvent['type']> = new Set<DevEvent['type']>([
  'read-again',
  'reloaded',
  'restarted',
  'compile-error',
  'service-warning',
]);

/**
 * The explorer of a service that `dev` serves. The first request to it loads its code, and has the
 * requests from then on noted; until then it costs nothing.
 */
export class ExplorerPages implements Pages {
  readonly traffic = new Traffic();
  readonly #options: ExplorerPagesOptions;
  #path: string;
  #server: LocalServer | undefined;
  #loading: Promise<Explorer> | undefined;
  #explorer: Explorer | undefined;
  #document: Promise<unknown> | undefined;

  constructor(options: ExplorerPagesOptions, service: Service) {
    this.#options = options;
    this.#path = freePath(service);
  }

  /** The path of the page: one that no route of the service begins with. */
  get path(): string {
    return this.#path;
  }

  /** Sends requests again by this server. */
  attach(server: LocalServer): void {
    this.#server = server;
  }

  /** Makes way for a new route of the service. */
  update(service: Service): void {
    if (!isTaken(this.#path, service)) return;
    this.#path = freePath(service);
    this.#explorer?.tell('moved', { path: this.#path });
  }

  /** Takes what happens to the service. */
  report(event: DevEvent): void {
    if (SHOWN.has(event.type)) this.#explorer?.tell('note', documentOf(event));
  }

  /** Notes that files of the service have changed. */
  changed(): void {
    this.#document = undefined;
    this.#explorer?.tell('changed', {});
  }

  handles(target: string): boolean {
    if (!target.startsWith(this.#path)) return false;
    const next = target[this.#path.length];
    return next === undefined || next === '/' || next === '?';
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = pageRefusal(request.headers, this.#options.host);
    if (refusal !== undefined) {
      response.writeHead(403, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ message: refusal }));
      return;
    }
    this.traffic.begin();
    this.#loading ??= this.#load();
    const explorer = await this.#loading;
    const [path = ''] = (request.url ?? '').split('?');
    await explorer.handle(path.slice(this.#path.length), request, response);
  }

  async #load(): Promise<Explorer> {
    const { Explorer } = await import('../../explorer/explorer.ts');
    const sender = this.#server;
    if (sender === undefined) throw new Error('the explorer has no server');
    const { program, emit } = this.#options;
    this.#explorer = new Explorer({
      ...{ traffic: this.traffic, sender, program },
      document: () => this.#read(),
      failed: (error) => emit({ type: 'defect', error }),
    });
    return this.#explorer;
  }

  #read(): Promise<unknown> {
    if (this.#document !== undefined) return this.#document;
    const document = this.#describe();
    if (!this.#options.watched) return document;
    this.#document = document;
    // A file may be half written, or not be there yet.
    document.catch(() => {
      if (this.#document === document) this.#document = undefined;
    });
    return document;
  }

  async #describe(): Promise<unknown> {
    const { root, env, settings } = this.#options;
    const [{ readContract }, { openApiDocument }] = await Promise.all([
      import('../../contract/read.ts'),
      import('../../contract/openapi.ts'),
    ]);
    const contract = await readContract(await readService({ cwd: root, env }, settings));
    return openApiDocument(contract, { servers: [{ url: '/' }], version: '1.0.0' });
  }
}

/** Whether a route of the service begins with the path, with or without its stage. */
function isTaken(path: string, { functions, stage }: Service): boolean {
  const routes = functions.flatMap(({ events }) => events.map((event) => event.path));
  return [`/${stage}`, ...routes].some((taken) => `${taken}/`.startsWith(`${path}/`));
}

function freePath(service: Service): string {
  let path = PATH;
  while (isTaken(path, service)) path += '_';
  return path;
}
