import { NotUnderstoodError, UserError } from '../../errors.ts';
import { at } from '../../message.ts';
import { call, print } from '../format/constructs.ts';
import type { DeclaringFile } from './declaring-file.ts';
import { addImport, afterComment, libraryOf, removeCode, splice } from './imports.ts';
import * as messages from './messages.ts';
import type { DartParser } from './parser.ts';
import { importsIn, MAIN_FILE, type MainFile, readMainFile, registrationAt } from './read.ts';
import type { Registration } from './registrations.ts';
import { provides, RUNTIME } from './runtime-package.ts';

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

const REQUEST: EventType = { className: 'AwsApiGatewayEvent', library: RUNTIME };

/**
 * Adds a registration after the last one, and the imports that it needs, in the style of the
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
  const edited = withImports(parser, registered, before, added, eol);

  // The imports above have moved the registration.
  const moved = position + edited.length - registered.length;
  const method = edited.indexOf('registerHandler', moved);
  const found = registrationAt(parser, edited, method, before);
  if (found?.name === added.name && found.handler === added.handler) return edited;
  throw new NotUnderstoodError(
    at(`${MAIN_FILE}:${last.line}`, messages.unknownForm()),
    'make the change by hand',
  );
}

/** Adds the imports of the handler and of its event. */
function withImports(
  parser: DartParser,
  text: string,
  before: MainFile,
  { event, ...handler }: NewRegistration,
  eol: string,
): string {
  const edited = addImport(text, before.imports, handler, eol);
  if (event === undefined || typeOf(before, event, handler.package) !== undefined) return edited;
  const { library } = event;
  return addImport(edited, importsIn(parser, edited), { ...handler, library }, eol);
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
    'choose another name for the function',
  );
}

/** Writes the lines to paste when the file is edited by hand. */
export function registrationBlock(added: NewRegistration): string {
  const { event } = added;
  const registration = registerCall('..', (event ?? REQUEST).className, "'", added);
  const libraries = [added.library, ...(event ? [event.library] : [])];
  const imports = libraries.map((library) => `import '${library}';\n`).join('');
  return `${imports}\n${registration.replace(/^/gm, '    ')}`;
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
  const event = added.event ?? REQUEST;
  const type = typeOf(main, event, added.package) ?? event.className;
  if (!isFirst && last.form === 'cascade') {
    const args = argumentsOf(added, type, last.quote).join(', ');
    return `..registerHandler<${type}>(${args})`;
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
  added: NewRegistration,
  end = '',
): string {
  const args = argumentsOf(added, type, quote);
  const code = print([call(`${dots}registerHandler<${type}>`, args), end], 4);
  return code.slice(0, code.length - end.length).replace(/^ {4}/gm, '');
}

function argumentsOf(
  { name, handler, event }: NewRegistration,
  type: string,
  quote: string,
): readonly string[] {
  const reads = event === undefined ? [] : [`event: ${type}.fromJson`];
  return [`${quote}${name}${quote}`, handler, ...reads];
}

/**
 * Writes the event's type as another registration does, or as the import makes it available;
 * undefined if nothing imports it.
 *
 * @throws NotUnderstoodError if the import does not show it
 */
function typeOf(
  { registrations, imports }: MainFile,
  { className, library }: EventType,
  packageName: string,
): string | undefined {
  const used = registrations.find(({ eventType: type }) => type?.split('.').at(-1) === className);
  if (used?.eventType !== undefined) return used.eventType;
  const found = imports.find((one) => provides(one, library, packageName));
  if (found === undefined) return undefined;
  if (found.shown?.includes(className) === false) {
    throw new NotUnderstoodError(
      at(`${MAIN_FILE}:${found.line}`, messages.eventNotShown({ name: className })),
      `add it to the names after  show`,
    );
  }
  return found.prefix === undefined ? className : `${found.prefix}.${className}`;
}

interface Removed {
  /** `main.getOrder`. */
  readonly name: string;
  /** The libraries that declare its handler and its event, as far as they are known. */
  readonly declaring: readonly DeclaringFile[];
  /** The service's Dart package. */
  readonly package: string;
}

/**
 * Removes a registration, and its imports that nothing else uses; undefined if there is none of
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
  const unused = before.imports.filter(({ uri, prefix }) => {
    const library = declaring.find(({ path }) => path === `lib/${libraryOf(uri, packageName)}`);
    return library !== undefined && !uses(parser, rest, [...library.names, prefix]);
  });
  // The last first, so that the others stay where they were found.
  const edited = unused.reduceRight(removeCode, rest);

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
