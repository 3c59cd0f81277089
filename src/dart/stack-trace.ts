import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withSlashes } from '../util/paths.ts';
import { resolveUri } from './main/declarations.ts';

/** Says whose stack traces are read, and where. */
export interface TraceReader {
  /** The service's folder. */
  readonly root: string;
  /** The name of its Dart package; '' if pubspec.yaml has none. */
  readonly packageName: string;
  /** The folder from which paths are shown. */
  readonly cwd: string;
  /** Shows every frame. */
  readonly verbose?: boolean | undefined;
}

/** Matches a frame of the Dart VM: `#0      hello (package:shop/handlers/hello.dart:15:7)`. */
const FRAME = /^(#\d+\s+.*\()([a-z][a-z0-9+.-]*:.+?)((?::\d+){0,2}\))$/;
const SUSPENSION = '<asynchronous suspension>';

/**
 * Makes a stack trace readable: files of the service become paths from `cwd`, which a terminal can
 * open; frames of lib/runtime/, of `dart:` libraries and of `main`, which starts the runtime, are
 * only counted, unless there are no others. Lines that are not frames stay as they are.
 */
export function readableTrace(lines: readonly string[], reader: TraceReader): readonly string[] {
  const { verbose = false } = reader;
  const frames = lines.map((line) => readFrame(line, reader));
  const shown: string[] = [];
  let folded = 0;
  let isFolding = false;
  const start = frames.findLastIndex(({ isRuntime }) => isRuntime);
  for (const [index, { text, isOwn }] of frames.entries()) {
    // A suspension belongs to the frame before it.
    if (text !== SUSPENSION) isFolding = !isOwn || (start !== -1 && index > start);
    if (!isFolding) shown.push(text);
    else if (text !== SUSPENSION) folded += 1;
  }
  if (verbose || folded === 0 || shown.length === 0) return frames.map(({ text }) => text);
  const left =
    folded === 1
      ? '... 1 frame of the runtime (--verbose shows it)'
      : `... ${folded} frames of the runtime (--verbose shows them)`;
  return [...shown, left];
}

interface Frame {
  readonly text: string;
  /** Whether it is neither in lib/runtime/ nor in a `dart:` library. */
  readonly isOwn: boolean;
  /** Whether it is in the file that calls the handlers. */
  readonly isRuntime: boolean;
}

function readFrame(line: string, reader: TraceReader): Frame {
  const [, start, uri, end] = FRAME.exec(line) ?? [];
  if (uri === undefined) return { text: line, isOwn: true, isRuntime: false };
  const file = fileOf(uri, reader);
  if (file === undefined) {
    return { text: line, isOwn: !uri.startsWith('dart:'), isRuntime: false };
  }
  const path = join(relative(reader.cwd, reader.root), file);
  return {
    text: `${start}${path}${end}`,
    isOwn: !file.startsWith('lib/runtime/'),
    isRuntime: file === 'lib/runtime/lambda_runtime.dart',
  };
}

/** Returns the path of a file in the service's lib/, with `/`; undefined for any other file. */
function fileOf(uri: string, { root, packageName }: TraceReader): string | undefined {
  // No URI is relative here, so `from` does not matter.
  if (!uri.startsWith('file:///')) return resolveUri(uri, { from: '', package: packageName });
  const lib = join(root, 'lib') + sep;
  const path = pathOf(uri);
  return path?.startsWith(lib) ? `lib/${withSlashes(path.slice(lib.length))}` : undefined;
}

function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined; // of another system: the executable was compiled elsewhere
  }
}
