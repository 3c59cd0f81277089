import type { IncomingMessage, ServerResponse } from 'node:http';
import { UserError, withHint } from '../errors.ts';
import type { Traffic } from '../local/traffic.ts';
import { readAsset } from './assets.ts';
import { detailsOf } from './describe.ts';
import { Live } from './live.ts';
import { type Sender, sendAgain } from './send-again.ts';

export interface ExplorerOptions {
  readonly traffic: Traffic;
  readonly sender: Sender;
  /** What starts this program again, for command lines. */
  readonly program: string;
  /**
   * Describes the API as it is now.
   *
   * @throws UserError when the files of the service do not tell
   */
  readonly document: () => Promise<unknown>;
  /** Takes the error of a request that could not be sent again. */
  readonly failed: (error: unknown) => void;
}

/**
 * Nothing is loaded from elsewhere, nothing is embedded and no other page embeds this one. Styles are
 * files, or set by code.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

/** The page that shows the API of a service and what is requested, and what it asks for. */
export class Explorer {
  readonly #options: ExplorerOptions;
  readonly #live: Live;

  constructor(options: ExplorerOptions) {
    this.#options = options;
    this.#live = new Live(options.traffic);
  }

  /** Tells the pages that are open something. */
  tell(name: string, data: unknown): void {
    this.#live.tell(name, data);
  }

  /** @param path below that of the page: empty for the page itself, or `/openapi.json` */
  async handle(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, name = '', id, action] = path.split('/');
    const isAction = action === 'again';
    const methods = isAction ? ['POST'] : ['GET', 'HEAD'];
    if (!methods.includes(request.method ?? '')) {
      response.setHeader('Allow', methods.join(', '));
      sendJson(response, 405, { message: 'Method Not Allowed' });
    } else if (path === '') {
      // Its files are beside it.
      const [own = ''] = (request.url ?? '').split('?');
      response.writeHead(302, { ...HEADERS, Location: `${own}/` }).end();
    } else if (name === 'events') {
      response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream' });
      if (request.method === 'HEAD') response.end();
      else this.#live.open(response);
    } else if (name === 'openapi.json') await this.#document(response);
    else if (name === 'exchanges') this.#exchange(id ?? '', isAction, response);
    else await sendAsset(name === '' ? 'page.html' : name, request, response);
  }

  async #document(response: ServerResponse): Promise<void> {
    try {
      sendJson(response, 200, await this.#options.document());
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      sendJson(response, 500, { message: withHint(error) });
    }
  }

  #exchange(id: string, again: boolean, response: ServerResponse): void {
    const { traffic, sender, program, failed } = this.#options;
    const exchange = traffic.find(id);
    if (exchange === undefined) sendJson(response, 404, { message: 'Not Found' });
    else if (!again) sendJson(response, 200, detailsOf(exchange, program));
    else if (sendAgain(exchange, sender, failed)) sendJson(response, 202, {});
    else sendJson(response, 409, { message: 'There is nothing to send.' });
  }
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...HEADERS, 'Content-Type': 'application/json' });
  response.end(JSON.stringify(value));
}

async function sendAsset(
  name: string,
  { headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const takesGzip = /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));
  const asset = await readAsset(name, takesGzip);
  if (asset === undefined) return sendJson(response, 404, { message: 'Not Found' });
  response.writeHead(200, {
    ...HEADERS,
    'Content-Type': asset.type,
    'Content-Length': asset.content.length,
    ...(asset.compressed && { 'Content-Encoding': 'gzip' }),
    Vary: 'Accept-Encoding',
  });
  response.end(asset.content);
}
