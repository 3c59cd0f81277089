import { resolveUri } from '../dart/main/declarations.ts';
import { otherRuntime } from '../dart/main/messages.ts';
import type { MainFile } from '../dart/main/read.ts';
import type { Registration } from '../dart/main/registrations.ts';
import { MIGRATE, runtimePackage } from '../dart/main/runtime-package.ts';
import { declaredNames } from '../dart/reading/declarations.ts';
import { andTry, type Message } from '../message.ts';
import type { ReadResult } from '../serverless-yml/read.ts';
import type { ServiceFunction } from '../service/service.ts';
import { entryPointOf } from '../tools/dart/commands.ts';
import { mayBecome } from '../util/json.ts';
import { type EntryFile, importsPackage } from './entry.ts';
import * as messages from './messages.ts';

/** A function of a service, and where its code is. */
export interface PlacedFunction {
  readonly fn: ServiceFunction;
  /** How its handler is registered, and the library that does; undefined if that is not visible. */
  readonly registered: Registered | undefined;
  /** The text of the library that declares its handler, and the handler's name in it. */
  readonly declared: { readonly library: string; readonly name: string } | undefined;
  /** Where the handler is declared, or else registered; undefined if neither is known. */
  readonly file: string | undefined;
  /** Counts from 1. */
  readonly line: number | undefined;
}

export interface Registered {
  readonly file: string;
  readonly library: MainFile;
  readonly registration: Registration;
}

/** Describes an inconsistency, and where it is if it has a place. */
export interface Problem {
  readonly file: string;
  readonly line: number | undefined;
  readonly message: Message;
}

/** Lists a service's functions, and how far serverless.yml and the Dart files are consistent. */
export interface Consistency {
  /** In the order of serverless.yml. */
  readonly functions: readonly PlacedFunction[];
  /** What keeps functions from working. */
  readonly problems: readonly Problem[];
  /** What is unknown or unusual, and may well work. */
  readonly notes: readonly Problem[];
}

/** The service, and what could not be resolved here. */
interface ReadFunctions
  extends Pick<ReadResult, 'service' | 'leftOut' | 'omissions' | 'configuration'> {
  /** Names the service's file in messages. */
  readonly file: string;
  /** Whether the service was made for a package's `Runtime`. */
  readonly chosePackage: boolean;
}

/** Compares the functions of a service with the Dart files that they need. */
export function checkConsistency(
  { file, service, leftOut, omissions, configuration, chosePackage }: ReadFunctions,
  entries: ReadonlyMap<string, EntryFile | undefined>,
  packageName: string,
): Consistency {
  const inYml = (message: Message): Problem => ({ file, line: undefined, message });
  const mayBeHandlers = [
    ...leftOut.map(({ handler }) => handler),
    ...configuration.unknownFunctions,
  ];
  const handlers = new Set(service.functions.map(({ handler }) => handler));
  const problems: Problem[] = [];
  const unknown = new Map<EntryFile, string[]>();
  const declared = new Map(
    [...entries].map(([path, entry]) => [path, entry && declarationsOf(entry)]),
  );
  const registered = new Map(
    [...entries].map(([path, entry]) => [path, entry && registrationsOf(entry)]),
  );
  const functions = service.functions.map((fn): PlacedFunction => {
    const { key, handler } = fn;
    const path = entryPointOf(handler);
    const entry = entries.get(path);
    const found = registered.get(path)?.get(handler);
    if (entry === undefined) {
      problems.push(inYml(messages.noEntryPoint({ name: key, handler, path })));
    } else if (found === undefined && mayRegisterMore(entry, packageName)) {
      unknown.set(entry, [...(unknown.get(entry) ?? []), handler]);
    } else if (found === undefined) {
      problems.push(inYml(messages.notRegistered({ name: key, handler, path })));
    }
    const name = found && nameOf(found);
    const declaration = name === undefined ? undefined : declared.get(path)?.(name);
    const library = declaration && entry?.imported.get(declaration.file);
    const place = declaration ?? found;
    return {
      fn,
      registered: found?.registered,
      declared: name === undefined || library === undefined ? undefined : { library, name },
      file: place?.file,
      line: place?.line,
    };
  });
  const notes = omissions.map(inYml);
  for (const entry of entries.values()) {
    if (entry === undefined) continue;
    for (const { name, line } of entry.main.registrations) {
      if (handlers.has(name) || mayBeHandlers.some((text) => mayBecome(text, name))) continue;
      problems.push({ file: entry.path, line, message: messages.noFunction({ handler: name }) });
    }
    problems.push(...missingImports(entry, packageName));
    if (!chosePackage) notes.push(...runtimeNotes(entry, packageName));
    const names = unknown.get(entry) ?? [];
    if (names.length > 0) notes.push(whyUnknown(entry, names.join(', ')));
  }
  return { functions, problems, notes };
}

const librariesOf = (entry: EntryFile): readonly (readonly [path: string, MainFile])[] => [
  [entry.path, entry.main],
  ...entry.elsewhere,
];

/** A registration, or in a library with names that are not read, what may be one. */
interface Found {
  readonly file: string;
  readonly line: number;
  readonly handler: string;
  readonly registered: Registered | undefined;
}

/**
 * Maps the names of handlers to where they are first registered, directly or by a loop over a map.
 */
function registrationsOf(entry: EntryFile): ReadonlyMap<string, Found> {
  const libraries = librariesOf(entry);
  const isUnread = libraries.some(([, { unread }]) => unread.length > 0);
  const found = libraries.flatMap(([file, library]): [name: string, Found][] => [
    ...library.registrations.map((registration): [string, Found] => {
      const { name, handler, line } = registration;
      return [name, { file, line, handler, registered: { file, library, registration } }];
    }),
    ...(isUnread ? library.mentions : []).map(({ name, handler, line }): [string, Found] => [
      name,
      { file, line, handler, registered: undefined },
    ]),
  ]);
  return new Map(found.reverse());
}

/**
 * Returns whether there may be registrations that are not visible: under computed names, or by a
 * package.
 */
function mayRegisterMore(entry: EntryFile, packageName: string): boolean {
  const libraries = librariesOf(entry);
  if (libraries.some(([, { unread }]) => unread.length > 0)) return true;
  if (passedToUnread(entry) !== undefined) return true;
  return (
    libraries.every(([, { registrations }]) => registrations.length === 0) &&
    importsPackage(entry.main, packageName)
  );
}

/** Finds where a `Runtime` is passed to something that no file of this package declares. */
function passedToUnread(entry: EntryFile) {
  const own = new Set(
    librariesOf(entry).flatMap(([, { declarations }]) => declarations.map(({ name }) => name)),
  );
  return entry.handed.find(({ name }) => !own.has(name));
}

/** Notes a `Runtime` that comes from a package. */
function runtimeNotes({ path, main }: EntryFile, packageName: string): Problem[] {
  const foreign = runtimePackage(main.imports, packageName);
  if (foreign === undefined) return [];
  const message = andTry(otherRuntime({ package: foreign.name }), MIGRATE);
  return [{ file: path, line: foreign.line, message }];
}

/** Explains why it is unknown whether the handlers of these names are registered. */
function whyUnknown(entry: EntryFile, names: string): Problem {
  const computed = librariesOf(entry).find(([, { unread }]) => unread.length > 0);
  if (computed !== undefined) {
    const [file, { unread }] = computed;
    return { file, line: unread[0]?.line, message: messages.computedNames({ names }) };
  }
  const receiver = passedToUnread(entry);
  if (receiver === undefined) {
    return { file: entry.path, line: undefined, message: messages.noneRegistered({ names }) };
  }
  const { file, line, name } = receiver;
  return { file, line, message: messages.runtimeHanded({ receiver: name, names }) };
}

/** Returns the function's own name: `hello` of `handlers.hello`. */
const nameOf = ({ handler }: { readonly handler: string }): string =>
  handler.slice(handler.lastIndexOf('.') + 1);

interface Declared {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
}

/** Finds where a library that the entry file imports declares a name. */
function declarationsOf({ imported }: EntryFile): (name: string) => Declared | undefined {
  const libraries = [...imported].flatMap(([file, text]) =>
    text === undefined ? [] : [{ file, text, names: declaredNames(text) }],
  );
  const last = new Map(
    libraries.flatMap(({ names, ...library }) =>
      [...names].map(([name, start]) => [name, { ...library, start }] as const),
    ),
  );
  return (name) => {
    const found = last.get(name);
    if (found === undefined) return undefined;
    const { file, text, start } = found;
    return { file, line: text.slice(0, start).split('\n').length };
  };
}

/** Finds imports of missing files. */
function missingImports({ path, main, imported }: EntryFile, packageName: string): Problem[] {
  return main.imports.flatMap(({ uri, line }) => {
    const target = resolveUri(uri, { from: path, package: packageName });
    if (target === undefined || imported.get(target) !== undefined) return [];
    return [{ file: path, line, message: messages.missingImport({ path: target }) }];
  });
}
