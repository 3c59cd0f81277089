import type { Message } from '../message.ts';
import { headersInDart, responseHeaders } from '../serverless-yml/cors.ts';
import type { Service } from '../service/service.ts';
import { listDartFiles } from '../service-folder/dart-files.ts';
import { readTexts } from '../service-folder/editable.ts';
import { formatNames } from '../util/shell-words.ts';
import { noCorsHeaders } from './messages.ts';

/** The header's name, also as the constant of dart:io, and the middleware that adds it. */
const HEADER = /access-?control-?allow-?origin|\buse\(\s*cors\(/i;

/** Warns where a REST API responds to preflights but the code sets no CORS headers. */
export async function corsWarning(
  root: string,
  { functions = [], gateway }: Partial<Pick<Service, 'functions' | 'gateway'>>,
): Promise<{ readonly detail: Message; readonly fix: string } | undefined> {
  const found = functions.flatMap(({ key, events }) => {
    const routes = events.filter(({ api }) => api === 'rest');
    const cors = routes.flatMap(({ method, path }) => {
      const one = gateway?.restCors.get(path);
      return one?.methods.includes(method) ? [one] : [];
    });
    return cors.slice(0, 1).map((one) => ({ key, cors: one }));
  });
  const [first] = found;
  if (first === undefined) return undefined;
  // The runtime can add it, but does so only where it is told to.
  const files = await listDartFiles(root, 'lib');
  const own = files.filter((path) => !path.startsWith('lib/runtime/'));
  const texts = await readTexts(root, own);
  if ([...texts.values()].some((text) => HEADER.test(text))) return undefined;
  const keys = found.map(({ key }) => key);
  return {
    detail: noCorsHeaders({ functions: formatNames(keys) }),
    fix: headersInDart(responseHeaders(first.cors, '')),
  };
}
