import http from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { DevEvent } from '../../src/commands/dev/events.ts';
import { devOptions } from '../../src/commands/dev/options.ts';
import { startLocalLambda } from '../../src/commands/dev/service.ts';
import type { LocalLambda } from '../../src/local-types.ts';
import { readFlags } from '../../src/options/option.ts';
import { run } from '../../src/tools/run.ts';
import { temporaryFolder, writeTree } from './folders.ts';
import { type HttpResponse, request, runtime } from './local.ts';
import { News } from './news.ts';
import { newService } from './service.ts';

/** An event that the page was sent. */
interface Told {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: what it is, the test says
  readonly data: any;
}

export interface Explored {
  /** The folder of the service. */
  readonly root: string;
  readonly local: LocalLambda;
  readonly port: number;
  ask(path: string, more?: http.RequestOptions, body?: string): Promise<HttpResponse>;
  /** Opens the stream of events, as the page does. */
  watch(): Promise<{
    readonly told: readonly Told[];
    until<T>(value: () => T | false | undefined): Promise<T>;
  }>;
}

/** Serves a new service as `dev` does, with a fake runtime instead of Dart. */
export async function explore(
  options: Readonly<Record<string, unknown>> = {},
  files: (created: Record<string, string>) => Record<string, string> = (created) => created,
): Promise<Explored> {
  const root = join(temporaryFolder(), 'shop');
  writeTree(root, files(newService()));
  const settings = readFlags(devOptions, { port: 0, warm: 0, ...options });
  const local = await startLocalLambda(
    { ...settings, platformLogs: false },
    {
      cwd: root,
      env: process.env,
      interactive: false,
      run: async ({ args, ...command }, how) => {
        const isFunction = args.includes('run');
        const fake = isFunction ? runtime() : { ...runtime(), args: ['-e', ''] };
        return run({ ...command, ...fake }, how);
      },
      signal: new AbortController().signal,
      findDart: async () => '/no/dart',
      emit: (_event: DevEvent) => {},
      program: 'create-lambda-hello',
    },
  );
  onTestFinished(() => local.close());
  const port = Number(new URL(local.url).port);
  return {
    root,
    local,
    port,
    ask: (path, more, body) => request({ port, path, ...more }, body),
    watch: () => watch(port),
  };
}

async function watch(port: number) {
  const told: Told[] = [];
  const news = new News();
  const sent = http.get({ host: '127.0.0.1', port, path: '/_explorer/events', agent: false });
  onTestFinished(() => void sent.destroy());
  sent.on('error', () => {});
  let text = '';
  sent.on('response', (response) => {
    response.on('error', () => {});
    response.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const [, name = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(event) ?? [];
        told.push({ name, data: JSON.parse(data) });
      }
      news.tell();
    });
  });
  await news.until(() => told.length > 0);
  return { told, until: news.until.bind(news) };
}
