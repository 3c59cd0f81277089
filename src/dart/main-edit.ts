import { NotUnderstoodError, UserError } from '../errors.ts';
import { call, print } from './layout.ts';
import { type Import, type MainFile, type Registration, readMainFile } from './main-file.ts';
import type { DartParser } from './parser.ts';

/** A handler that is to be registered. */
export interface NewRegistration {
  /** `main.getOrder`. */
  readonly name: string;
  /** `getOrderApiGateway`. */
  readonly handler: string;
  /** The file that declares it, from lib/: `handlers/get_order.dart`. */
  readonly library: string;
  /** The service's Dart package. */
  readonly package: string;
}

const EVENT = 'AwsApiGatewayEvent';
const RUNTIME = 'runtime/runtime.dart';

interface EditOptions {
  /** How messages name the file. */
  readonly file: string;
}

/**
 * Adds a registration after the last one, and the import that it needs, in the
 * style of the others.
 *
 * @param text of lib/main.dart
 * @throws NotUnderstoodError when the file has a shape that cannot be edited
 * @throws UserError when the name or the handler is taken
 */
export function addRegistration(
  parser: DartParser,
  text: string,
  added: NewRegistration,
  { file }: EditOptions,
): string {
  const before = readMainFile(parser, text, { file });
  checkNames(before, added, file);
  const last = before.registrations.findLast(({ isPlain }) => isPlain);
  if (last === undefined) {
    throw new NotUnderstoodError(
      `${file}: there is no  ..registerHandler<${EVENT}>('main.…', …)  in a function, after which a new one could go.`,
      'edit the file yourself, with the blocks that are printed above',
    );
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const position = afterComment(text, last.end);
  const registered = splice(text, position, registrationText(text, last, before, added, eol));
  const edited = addImport(registered, before.imports, added, eol, file);

  const after = readMainFile(parser, edited, { file });
  const names = (main: MainFile) => main.registrations.map(({ name, handler }) => [name, handler]);
  const wanted = names(before);
  wanted.splice(before.registrations.indexOf(last) + 1, 0, [added.name, added.handler]);
  if (JSON.stringify(names(after)) === JSON.stringify(wanted)) return edited;
  throw new NotUnderstoodError(
    `${file}:${last.line}: the registrations here are written in a way that no edit is known for.`,
    'edit the file yourself, with the blocks that are printed above',
  );
}

function checkNames(main: MainFile, { name, handler }: NewRegistration, file: string): void {
  const taken =
    main.registrations.find((other) => other.name === name || other.handler === handler) ??
    main.declarations.find((other) => other.name === handler);
  if (taken === undefined) return;
  const what = taken.name === name ? name : handler;
  throw new UserError(
    `${file}:${taken.line}: there is a ${what} already. Nothing was written.`,
    'choose another name for the endpoint',
  );
}

/** The lines to paste, for someone who edits the file himself. */
export function registrationBlock({ name, handler, library }: NewRegistration): string {
  const registration = registerCall('    ..', EVENT, "'", { name, handler }).trimEnd();
  return `import '${library}';\n\n${registration}`;
}

function registrationText(
  text: string,
  last: Registration,
  main: MainFile,
  added: NewRegistration,
  eol: string,
): string {
  const lineStart = text.lastIndexOf('\n', last.start - 1) + 1;
  const before = text.slice(lineStart, last.start);
  const isFirst = before.trim() === '';
  const dots = last.form === 'cascade' ? '..' : `${last.receiver}.`;
  const type = eventType(main, added.package);
  if (!isFirst && last.form === 'cascade') {
    return `..registerHandler<${type}>(${last.quote}${added.name}${last.quote}, ${added.handler})`;
  }
  const indent = /^\s*/.exec(before)?.[0] ?? '';
  const code = registerCall(indent + dots, type, last.quote, added);
  return eol + code.split('\n').join(eol) + (last.form === 'statement' ? ';' : '');
}

/** The call, split as `dart format` does when it is too long for a line. */
function registerCall(
  head: string,
  type: string,
  quote: string,
  { name, handler }: { readonly name: string; readonly handler: string },
): string {
  const indent = /^ */.exec(head)?.[0].length ?? 0;
  const callee = `${head.trimStart()}registerHandler<${type}>`;
  return print(call(callee, [`${quote}${name}${quote}`, handler]), indent);
}

/** How the event's type is written: as in another registration, or as the import has it. */
function eventType({ registrations, imports }: MainFile, packageName: string): string {
  const used = registrations.find(({ eventType: type }) => type?.split('.').at(-1) === EVENT);
  if (used?.eventType !== undefined) return used.eventType;
  const prefix = imports.find(({ uri }) => libraryOf(uri, packageName) === RUNTIME)?.prefix;
  return prefix === undefined ? EVENT : `${prefix}.${EVENT}`;
}

/** The file of lib/ that lib/main.dart imports by that URI. */
function libraryOf(uri: string, packageName: string): string {
  const own = `package:${packageName}/`;
  return uri.startsWith(own) ? uri.slice(own.length) : uri.replace(/^\.\//, '');
}

/** Adds the import to the service's own ones, in the order of the alphabet if they are in it. */
function addImport(
  text: string,
  imports: readonly Import[],
  { library, package: packageName }: NewRegistration,
  eol: string,
  file: string,
): string {
  if (imports.some(({ uri, prefix }) => !prefix && libraryOf(uri, packageName) === library)) {
    return text;
  }
  const last = imports.at(-1);
  if (last === undefined) {
    throw new NotUnderstoodError(`${file}: it has no import.`, 'edit the file yourself');
  }
  const own = imports.filter(
    ({ uri }) => uri.startsWith(`package:${packageName}/`) || !uri.includes(':'),
  );
  const example = own.at(-1);
  const isPackage = example?.uri.startsWith('package:') ?? false;
  const uri = isPackage ? `package:${packageName}/${library}` : library;
  const group = own.filter((other) => other.uri.startsWith('package:') === isPackage);
  const isSorted = group.every(
    ({ uri: other }, i) => i === 0 || (group[i - 1]?.uri ?? '') <= other,
  );
  const next = isSorted ? group.find((other) => other.uri > uri) : undefined;
  const previous = next === undefined ? (group.at(-1) ?? last) : group[group.indexOf(next) - 1];
  const quote = text.slice((example ?? last).start, (example ?? last).end).includes('"')
    ? '"'
    : "'";
  const line = `import ${quote}${uri}${quote};`;
  if (previous !== undefined) {
    return splice(text, lineEnd(text, previous.end), eol + line);
  }
  return splice(text, (next as Import).start, line + eol);
}

const splice = (text: string, at: number, insert: string): string =>
  text.slice(0, at) + insert + text.slice(at);

/** The offset, or the end of its line if only a comment follows. */
function afterComment(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  return /^\s*\/\//.test(text.slice(offset, end)) ? end : offset;
}

function lineEnd(text: string, offset: number): number {
  const rest = /\r?\n/.exec(text.slice(offset));
  return rest === null ? text.length : offset + rest.index;
}

interface Removed {
  /** `main.getOrder`. */
  readonly name: string;
  /** The library that declares its handler, from lib/, if it is known. */
  readonly providedBy?: string;
  /** All that this library declares. */
  readonly names?: readonly string[];
  /** The service's Dart package. */
  readonly package: string;
}

/**
 * Takes a registration out, and its import if nothing else uses it; undefined
 * when there is none of that name.
 *
 * @throws NotUnderstoodError when the file has a shape that cannot be edited
 */
export function removeRegistration(
  parser: DartParser,
  text: string,
  { name, providedBy, names = [], package: packageName }: Removed,
  { file }: EditOptions,
): string | undefined {
  const before = readMainFile(parser, text, { file });
  const found = before.registrations.find((registration) => registration.name === name);
  if (found === undefined) return undefined;
  const rest = removeCode(text, found);
  const library = before.imports.find(
    ({ uri }) => providedBy !== undefined && libraryOf(uri, packageName) === providedBy,
  );
  const isUsed = library === undefined || uses(parser, rest, [...names, library.prefix]);
  const edited = isUsed ? rest : removeCode(rest, library);

  const after = readMainFile(parser, edited, { file });
  const kept = before.registrations.filter((registration) => registration !== found);
  const show = (registrations: readonly Registration[]) =>
    JSON.stringify(registrations.map(({ name: other, handler }) => [other, handler]));
  if (show(after.registrations) === show(kept)) return edited;
  throw new NotUnderstoodError(
    `${file}:${found.line}: the registration of ${name} is written in a way that no edit is known for.`,
    'take it out yourself',
  );
}

/** Whether one of the names stands in the text, other than in its imports. */
function uses(parser: DartParser, text: string, names: readonly (string | undefined)[]): boolean {
  return parser.read(text, (root) =>
    root.namedChildren
      .filter((child) => child?.type !== 'import_or_export')
      .flatMap((child) => child?.descendantsOfType(['identifier', 'type_identifier']) ?? [])
      .some((node) => names.includes(node?.text)),
  );
}

/** Takes a piece of code out, with its line if there is nothing else on it. */
function removeCode(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
) {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const isFirst = text.slice(lineStart, start).trim() === '';
  if (!isFirst) return text.slice(0, start) + text.slice(end);
  const rest = text.slice(end, lineEnd(text, end));
  // A comment stays, on its own.
  if (rest.trim().startsWith('//')) return text.slice(0, start) + text.slice(end).trimStart();
  if (lineStart === 0) return text.slice(0, start) + text.slice(end).replace(/^\s*?\r?\n/, '');
  const before = text[lineStart - 2] === '\r' ? lineStart - 2 : lineStart - 1;
  return text.slice(0, before) + text.slice(end);
}
