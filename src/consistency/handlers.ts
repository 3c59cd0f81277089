import { readText } from '../changes/text-file.ts';
import { resolveUri } from '../dart/main/declarations.ts';
import { type ReadHandler, readHandler } from '../dart/reading/handlers.ts';
import { andTry, type Message } from '../message.ts';
import { MODELS } from '../service/record.ts';
import type { ServiceFunction } from '../service/service.ts';
import { listDartFiles } from '../service-folder/dart-files.ts';
import type { Consistency, PlacedFunction, Problem } from './check.ts';
import * as messages from './messages.ts';

/** Where the handlers and what they import are. */
interface ServiceCode {
  readonly root: string;
  readonly packageName: string;
}

/** Checks whether handlers still fit their routes, and the models that they read and write. */
export async function checkHandlers(
  functions: readonly PlacedFunction[],
  code: ServiceCode,
): Promise<Pick<Consistency, 'problems' | 'notes'>> {
  const problems: Problem[] = [];
  const notes: Problem[] = [];
  for (const { fn, declared, file, line } of functions) {
    if (declared === undefined || file === undefined || fn.events.length === 0) continue;
    const { library } = declared;
    const handler = readHandler(library, declared.name);
    if (handler === undefined) continue;
    const at = (message: Message): Problem => ({ file, line, message });
    const lost = await lostNames(handler, library, file, code);
    problems.push(...lost.map(at), ...lostParameters(fn, handler).map(at));
    notes.push(...unreadParameters(fn, handler, library).map(at));
  }
  return { problems, notes };
}

const namesIn = (path: string): readonly string[] =>
  [...path.matchAll(/\{([^}+]+)\}/g)].map(([, name = '']) => name);

/** Finds parameters that the handler requires, and that none of its routes has. */
function lostParameters({ events, handler: name }: ServiceFunction, handler: ReadHandler) {
  const had = new Set(events.flatMap(({ path }) => namesIn(path.replaceAll('+}', '}'))));
  const [route] = events;
  return handler.parameters
    .filter((one) => !one.nullable && !had.has(one.name))
    .map(({ name: parameter }): Message => {
      const path = route?.path ?? '';
      const has = had.size === 0 ? '' : `, or read what it has: ${[...had].join(', ')}`;
      return andTry(
        messages.parameterLost({ handler: name, parameter, path }),
        `write {${parameter}} into its path in serverless.yml${has}`,
      );
    });
}

/** Finds parameters that the handler does not even name, unless it passes its event on. */
function unreadParameters(
  { events, handler: name }: ServiceFunction,
  handler: ReadHandler,
  library: string,
): Message[] {
  if (/[(,]\s*event\s*[,)]/.test(library)) return [];
  const read = new Set(handler.parameters.map((one) => one.name));
  return events.flatMap(({ path }) =>
    namesIn(path)
      .filter(
        (one) => !read.has(one) && !library.includes(`'${one}'`) && !library.includes(`"${one}"`),
      )
      .map((parameter) => messages.parameterUnread({ handler: name, parameter, path })),
  );
}

/** Finds functions of models that no file declares from which the handler could have them. */
async function lostNames(
  { body, response }: ReadHandler,
  library: string,
  file: string,
  code: ServiceCode,
): Promise<Message[]> {
  const encoder = response !== undefined && 'encoder' in response ? response.encoder : undefined;
  const names = [body?.reader, encoder].filter((name) => name !== undefined);
  const lost: Message[] = [];
  for (const name of names) {
    // One of a class, such as Order.fromJson, is not looked for.
    if (name.includes('.') || (await isDeclared(name, library, file, code))) continue;
    const now = await declaringModel(name, code);
    const fix =
      now === undefined
        ? 'use the name that it has now, or  create-lambda-hello add-model  for it'
        : `import ${now}, which declares it`;
    lost.push(andTry(messages.readerLost({ file, name }), fix));
  }
  return lost;
}

/** Whether a library or what it imports may declare a function; another package may. */
async function isDeclared(
  name: string,
  library: string,
  file: string,
  { root, packageName }: ServiceCode,
  seen = new Set<string>(),
): Promise<boolean> {
  if (new RegExp(`^[^/'"]*\\b${name}\\s*\\(\\s*\\w+ `, 'm').test(library)) return true;
  seen.add(file);
  for (const [, uri = ''] of library.matchAll(/^(?:import|export|part)\s+['"]([^'"]+)['"]/gm)) {
    const path = resolveUri(uri, { from: file, package: packageName });
    if (path === undefined && !uri.startsWith('dart:')) return true;
    if (path === undefined || seen.has(path) || path.startsWith('lib/runtime/')) continue;
    const text = await readText(root, path);
    if (text === undefined) continue;
    if (await isDeclared(name, text, path, { root, packageName }, seen)) return true;
  }
  return false;
}

/** Finds the model that declares a function. */
async function declaringModel(name: string, { root }: ServiceCode): Promise<string | undefined> {
  for (const path of await listDartFiles(root, MODELS)) {
    if ((await readText(root, path))?.includes(` ${name}(`)) return path;
  }
  return undefined;
}
