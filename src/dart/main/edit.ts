import { NotUnderstoodError, UserError } from '../../errors.ts';
import { at } from '../../message.ts';
import { call, print } from '../format/constructs.ts';
import type { DeclaringFile } from './declaring-file.ts';
import { addImport, afterComment, libraryOf, removeCode, splice } from './imports.ts';
import * as messages from './messages.ts';
import type { DartParser } from './parser.ts';
import { MAIN_FILE, type MainFile, readMainFile, registrationAt } from './read.ts';
import type { Registration } from './registrations.ts';
import { RUNTIME } from './runtime-package.ts';

/** Describes a handler to register. */
export interface NewRegistration {
  /** `main.getOrder`. */
  readonly name: string;
  /** `getOrderApiGateway`. */
  readonly handler: string;
  /** The file that declares it, relative to lib/: `handlers/get_order.dart`. */
  readonly library: string;
  /** The service's Dart package. */
  readonly package: string;
  /** What reads its event; a request of API Gateway where absent. */
  readonly event?: EventType;
}

/** A class that reads the events of a source. */
export interface EventType {
  /** `AwsSqsEvent`. */
  readonly className: string;
  /** The file that declares it, relative to lib/: `runtime/events/sqs.dart`. */
  readonly library: string;
}

const EVENT = 'AwsApiGatewayEvent';

/**
 * Adds a registration after the last one, and the import that it needs, in the style of the
 * others. Returns the text unchanged if it has the registration.
 *
 * @param text the content of {@link MAIN_FILE}
 * @throws NotUnderstoodError if the file is written in a way that cannot be edited
 * @throws UserError if the name or the handler is taken
 */
export function addRegistration(parser: DartParser, text: string, added: NewRegistration): string {
  const before = readMainFile(parser, text);
  const same = before.registrations.find(({ name }) => name === added.name);
  if (same?.handler === added.handler) return text;
  checkNames(before, added);
  const { last } = before;
  if (last === undefined) {
    throw new NotUnderstoodError(
      at(MAIN_FILE, messages.noRegistration()),
      'make the change by hand',
    );
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const position = afterComment(text, last.end);
  const registered = splice(text, position, registrationText(text, last, before, added, eol));
  const edited = addImport(registered, before.imports, added, eol);

  // The import above has moved the registration.
  const moved = position + edited.length - registered.length;
  const method = edited.indexOf('registerHandler', moved);
  const found = registrationAt(parser, edited, method, before);
  if (found?.name === added.name && found.handler === added.handler) return edited;
  throw new NotUnderstoodError(
    at(`${MAIN_FILE}:${last.line}`, messages.unknownForm()),
    'make the change by hand',
  );
}

function checkNames(main: MainFile, { name, handler }: NewRegistration): void {
  const taken =
    main.registrations.find((other) => other.name === name || other.handler === handler) ??
    main.declarations.find((other) => other.name === handler) ??
    (main.unread.length > 0 ? main.mentions.find((other) => other.name === name) : undefined);
  if (taken === undefined) return;
  throw new UserError(
    at(
      `${MAIN_FILE}:${taken.line}`,
      messages.taken({ name: taken.name === name ? name : handler }),
    ),
    'choose another name for the endpoint',
  );
}

/** Writes the lines to paste when the file is edited by hand. */
export function registrationBlock({ name, handler, library }: NewRegistration): string {
  const registration = registerCall('..', EVENT, "'", { name, handler });
  return `import '${library}';\n\n${registration.replace(/^/gm, '    ')}`;
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
  // A cascade that initializes a variable is followed by the semicolon of that statement.
  const end = last.form === 'statement' || text[last.end] === ';' ? ';' : '';
  const code =
    indent +
    registerCall(dots, type, last.quote, added, end)
      .split('\n')
      .join(eol + indent);
  return eol + code + (last.form === 'statement' ? ';' : '');
}

/** Writes the call, split as `dart format` does if it is too long for a line of main. */
function registerCall(
  dots: string,
  type: string,
  quote: string,
  { name, handler }: { readonly name: string; readonly handler: string },
  end = '',
): string {
  const args = [`${quote}${name}${quote}`, handler];
  const code = print([call(`${dots}registerHandler<${type}>`, args), end], 4);
  return code.slice(0, code.length - end.length).replace(/^ {4}/gm, '');
}

/**
 * Writes the event's type as another registration does, or as the import makes it available.
 *
 * @throws NotUnderstoodError if the import does not show it
 */
function eventType({ registrations, imports }: MainFile, packageName: string): string {
  const used = registrations.find(({ eventType: type }) => type?.split('.').at(-1) === EVENT);
  if (used?.eventType !== undefined) return used.eventType;
  const runtime = imports.find(({ uri }) => libraryOf(uri, packageName) === RUNTIME);
  if (runtime?.shown?.includes(EVENT) === false) {
    throw new NotUnderstoodError(
      at(`${MAIN_FILE}:${runtime.line}`, messages.eventNotShown()),
      `add it to the names after  show`,
    );
  }
  return runtime?.prefix === undefined ? EVENT : `${runtime.prefix}.${EVENT}`;
}

interface Removed {
  /** `main.getOrder`. */
  readonly name: string;
  /** The library that declares its handler, if known. */
  readonly declaring: DeclaringFile | undefined;
  /** The service's Dart package. */
  readonly package: string;
}

/**
 * Removes a registration, and its import if nothing else uses it; undefined if there is none of
 * that name.
 *
 * @param text the content of {@link MAIN_FILE}, which `before` was read from
 * @throws NotUnderstoodError if the file is written in a way that cannot be edited
 */
export function removeRegistration(
  parser: DartParser,
  text: string,
  before: MainFile,
  { name, declaring, package: packageName }: Removed,
): string | undefined {
  const found = before.registrations.find((registration) => registration.name === name);
  if (found === undefined) return undefined;
  const unknown = new NotUnderstoodError(
    at(`${MAIN_FILE}:${found.line}`, messages.unknownFormOf({ name })),
    'make the change by hand',
  );
  if (found.form === 'expression') throw unknown;
  const rest = removeCode(text, found);
  const library = before.imports.find(
    ({ uri }) => `lib/${libraryOf(uri, packageName)}` === declaring?.path,
  );
  const isUsed =
    library === undefined || uses(parser, rest, [...(declaring?.names ?? []), library.prefix]);
  const edited = isUsed ? rest : removeCode(rest, library);

  const after = readMainFile(parser, edited);
  const kept = before.registrations.filter((registration) => registration !== found);
  const show = (registrations: readonly Registration[]) =>
    JSON.stringify(registrations.map(({ name: other, handler }) => [other, handler]));
  if (show(after.registrations) === show(kept)) return edited;
  throw unknown;
}

/** Returns whether the text uses one of the names outside its imports. */
function uses(parser: DartParser, text: string, names: readonly (string | undefined)[]): boolean {
  if (!names.some((name) => name !== undefined && text.includes(name))) return false;
  return parser.read(text, (root) =>
    root.namedChildren
      .filter((child) => child?.type !== 'import_or_export')
      .flatMap((child) => child?.descendantsOfType(['identifier', 'type_identifier']) ?? [])
      .some((node) => names.includes(node?.text)),
  );
}
