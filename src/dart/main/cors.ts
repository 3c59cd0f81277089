import { NotUnderstoodError } from '../../errors.ts';
import { at } from '../../message.ts';
import { afterComment, removeCode, splice } from './imports.ts';
import * as messages from './messages.ts';
import type { DartParser } from './parser.ts';
import { MAIN_FILE, type MainFile, readMainFile } from './read.ts';
import { firstRuntimeCall, type RuntimeCall, runtimeCalls } from './runtime-calls.ts';
import { provides, RUNTIME } from './runtime-package.ts';

/** The file of the runtime that declares the middleware. */
export const CORS_FILE = 'lib/runtime/cors.dart';

/** The call to paste where the file is edited by hand. */
export const CORS_CALL = '..use(cors())';

/** Holds an edit of {@link MAIN_FILE}, and the call that it added. */
export interface AddedCors {
  readonly text: string;
  /** `..use(cors())`, or `runtime.use(cors());`. */
  readonly call: string;
}

/** Returns whether a library has a `Runtime` use the middleware `cors`, in whatever form. */
export function usesCors(parser: DartParser, text: string): boolean {
  if (!/\bcors\b/.test(text)) return false;
  return parser.read(text, (root) => runtimeCalls(root).some(isCors));
}

/**
 * Has the `Runtime` use `cors()` as its outermost middleware: before all other calls, in the style of
 * the registrations.
 *
 * @param text the content of {@link MAIN_FILE}
 * @throws NotUnderstoodError if the file is written in a way that cannot be edited, or does not have
 * the middleware under its name
 */
export function addCors(parser: DartParser, text: string, packageName: string): AddedCors {
  const before = readMainFile(parser, text);
  const middleware = corsFunction(before, packageName);
  const first = parser.read(text, (root) => firstRuntimeCall(root, before.last));
  const unknown = new NotUnderstoodError(
    at(MAIN_FILE, messages.noPlaceForCors({ code: CORS_CALL })),
    'make the change by hand',
  );
  if (first === undefined) throw unknown;
  const use = `use(${middleware}())`;
  const call = first.form === 'cascade' ? `..${use}` : `${first.receiver}.${use};`;
  const edited = insertBefore(text, first, call);
  const after = readMainFile(parser, edited);
  const isSame = after.hasError === before.hasError && namesOf(after) === namesOf(before);
  if (isSame && usesCors(parser, edited) && removeCors(parser, edited, call) === text) {
    return { text: edited, call };
  }
  throw unknown;
}

/**
 * Removes the call that {@link addCors} added. Returns undefined if it is not there once, as it was
 * written.
 */
export function removeCors(parser: DartParser, text: string, call: string): string | undefined {
  const found = parser.read(text, (root) =>
    runtimeCalls(root).filter((one) => isCors(one) && one.text === call),
  );
  const [only, second] = found;
  if (only === undefined || second !== undefined) return undefined;
  const { start, end } = only;
  // Between statements on one line there is a space, which came with it.
  const isInside = only.form === 'statement' && !startsLine(text, start) && text[end] === ' ';
  return removeCode(text, { start, end: isInside ? end + 1 : end });
}

const isCors = ({ method, argument }: RuntimeCall): boolean =>
  method === 'use' && argument !== undefined && /^(\w+\.)?cors\(/.test(argument);

const namesOf = ({ registrations }: MainFile): string =>
  JSON.stringify(registrations.map(({ name, handler }) => [name, handler]));

/**
 * Returns the name of the middleware, as the import of the runtime makes it available.
 *
 * @throws NotUnderstoodError if it does not
 */
function corsFunction({ imports, declarations }: MainFile, packageName: string): string {
  const own = imports.filter((one) => provides(one, RUNTIME, packageName));
  const giving = own.find(
    ({ shown, hidden }) => shown?.includes('cors') !== false && !hidden.includes('cors'),
  );
  const [first] = own;
  if (giving === undefined && first !== undefined) {
    throw new NotUnderstoodError(
      at(`${MAIN_FILE}:${first.line}`, messages.corsNotShown()),
      first.shown === undefined
        ? 'remove it from the names after  hide'
        : 'add it to the names after  show',
    );
  }
  if (giving?.prefix !== undefined) return `${giving.prefix}.cors`;
  const other = declarations.find(({ name }) => name === 'cors');
  if (other === undefined) return 'cors';
  throw new NotUnderstoodError(
    at(`${MAIN_FILE}:${other.line}`, messages.otherCors()),
    `import the runtime with a prefix:  import '${RUNTIME}' as lambda;`,
  );
}

function insertBefore(text: string, { form, start, after }: RuntimeCall, call: string): string {
  if (!startsLine(text, start))
    return splice(text, start, form === 'statement' ? `${call} ` : call);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  // Comments between belong to what follows.
  return splice(text, afterComment(text, after), eol + line + call);
}

const startsLine = (text: string, offset: number): boolean =>
  text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';
