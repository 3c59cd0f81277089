import { readText } from '../changes/text-file.ts';
import { CORS_FILE } from '../dart/main/cors.ts';
import { errorCode, UserError } from '../errors.ts';
import type { Message } from '../message.ts';
import { headersInDart, middlewareInDart, responseHeaders } from '../serverless-yml/cors.ts';
import type { Service } from '../service/service.ts';
import { formatNames } from '../util/shell-words.ts';
import { listDartFiles } from './dart-files.ts';
import { noCorsHeaders } from './messages.ts';

/** The middleware that adds the header, under a prefix or not. */
const MIDDLEWARE = /\buse\(\s*(\w+\.)?cors\(/;
/** That, or the header's name, also as the constant of dart:io. */
const HEADER = new RegExp(`access-?control-?allow-?origin|${MIDDLEWARE.source}`, 'i');

/**
 * Warns where a REST API responds to preflights but the code sets no CORS headers. Reads the code only
 * if a route has `cors`.
 */
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
  const isSet = await ownTexts(root, HEADER).then(
    (texts) => texts.length > 0,
    (error: unknown) => {
      // What cannot be read is the compiler's to report, and may well set the headers.
      if (errorCode(error) !== undefined) return true;
      throw error;
    },
  );
  if (isSet) return undefined;
  const hasMiddleware = (await textOf(root, CORS_FILE)) !== undefined;
  const call = hasMiddleware ? middlewareInDart(first.cors) : undefined;
  return {
    detail: noCorsHeaders({ functions: formatNames(found.map(({ key }) => key)) }),
    fix:
      call === undefined
        ? headersInDart(responseHeaders(first.cors, ''))
        : `add  ${call}  to the Runtime in lib/main.dart`,
  };
}

/** Returns the texts of the Dart files that may have the runtime use its middleware `cors`. */
export const textsWithCors = (root: string): Promise<readonly string[]> =>
  ownTexts(root, MIDDLEWARE);

/** Returns the texts of the files of lib/ that have a match outside of comments. */
async function ownTexts(root: string, pattern: RegExp): Promise<readonly string[]> {
  const files = await listDartFiles(root, 'lib');
  // The runtime can add the header, but does so only where it is told to.
  const own = files.filter((path) => !path.startsWith('lib/runtime/'));
  const texts = await Promise.all(own.map((path) => textOf(root, path)));
  return texts.filter((text) => text !== undefined && hasMatch(text, pattern)) as string[];
}

const hasMatch = (text: string, pattern: RegExp): boolean =>
  pattern.test(text) && pattern.test(text.replace(/^\s*\/\/.*$/gm, ''));

/** Reads a file. One that cannot be read is the compiler's to report. */
async function textOf(root: string, path: string): Promise<string | undefined> {
  try {
    return await readText(root, path);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
