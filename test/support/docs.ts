import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newService } from './service.ts';

/*
 * The documents as data. In an `sh` fence stand commands, in the `text` fence after it what they
 * print; a fence with a path after its language is the whole content of that file.
 */

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A document, by its path in the repository. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** The README that every generated service has, as a user finds it there. */
export const SERVICE_README: Page = {
  path: 'templates/service/README.md',
  text: newService({ name: 'hello' })['README.md'] ?? '',
};

/** That of a service with an app of shelf, which is made of the same file. */
export const SHELF_README: Page = {
  path: 'templates/service/README.md --shelf',
  text: newService({ name: 'hello', app: 'shelf' })['README.md'] ?? '',
};

/** That of a service on the package aws_lambda_dart_runtime. */
export const PACKAGE_README: Page = {
  path: 'templates/service/README.md --runtime package',
  text: newService({ name: 'parcel', runtime: 'package' })['README.md'] ?? '',
};

/** That of a service with the names of that package. */
export const COMPATIBLE_README: Page = {
  path: 'templates/service/README.md --runtime compatible',
  text: newService({ name: 'moved', runtime: 'compatible' })['README.md'] ?? '',
};

/** All documents of the repository. */
export function allPages(): Page[] {
  const folders = ['.', 'docs', 'docs/events', '.github', 'bench', 'test/toolchain'];
  const paths = folders.flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder))
          .filter((name) => name.endsWith('.md'))
          .map((name) => join(folder, name))
      : [],
  );
  const pages = paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  return [...pages, SERVICE_README, SHELF_README, COMPATIBLE_README, PACKAGE_README];
}

/** What a reader does next, or sees. Lines are those of the page, from 1. */
export type Step =
  | { kind: 'commands'; line: number; commands: Command[]; output: string[] | undefined }
  | { kind: 'file'; line: number; path: string; content: string }
  /** Output that does not follow a command at once: of what runs meanwhile. */
  | { kind: 'output'; line: number; output: string[] };

export interface Command {
  readonly line: number;
  readonly text: string;
}

interface Fence {
  readonly language: string;
  readonly path: string;
  /** The line of its first line of content. */
  readonly line: number;
  readonly lines: string[];
  /** Whether nothing but empty lines is between it and the fence before. */
  readonly follows: boolean;
}

/** The steps of a page in their order. */
export function stepsOf({ path, text }: Page): Step[] {
  const steps: Step[] = [];
  for (const fence of fencesOf(text)) {
    const { line } = fence;
    const last = steps.at(-1);
    if (fence.language === 'sh') {
      const commands = splitCommands(fence, path);
      steps.push({ kind: 'commands', line, commands, output: undefined });
    } else if (fence.path !== '') {
      const content = `${fence.lines.join('\n')}\n`;
      steps.push({ kind: 'file', line, path: fence.path, content });
    } else if (fence.language === 'text') {
      if (fence.follows && last?.kind === 'commands') last.output = fence.lines;
      else steps.push({ kind: 'output', line, output: fence.lines });
    }
  }
  return steps;
}

const FENCE = /^( *)```(\S*) ?(\S*)$/;

function fencesOf(text: string): Fence[] {
  const fences: Fence[] = [];
  let open: (Fence & { indent: number }) | undefined;
  let follows = false;
  for (const [index, line] of text.split('\n').entries()) {
    const [, indent, language = '', path = ''] = FENCE.exec(line) ?? [];
    if (open === undefined && indent !== undefined) {
      open = { language, path, line: index + 2, lines: [], follows, indent: indent.length };
    } else if (open !== undefined && indent !== undefined && language === '') {
      fences.push(open);
      open = undefined;
      follows = true;
    } else if (open !== undefined) {
      open.lines.push(line.slice(open.indent));
    } else if (line !== '') {
      follows = false;
    }
  }
  return fences;
}

/** The page without its fences; every line stays where it is. */
export function proseOf(text: string): string {
  let inside = false;
  const lines = text.split('\n').map((line) => {
    const isFence = FENCE.test(line);
    if (isFence) inside = !inside;
    return isFence || inside ? '' : line;
  });
  return lines.join('\n');
}

/** A command goes on in the next line where a shell says so: quotes, here-documents, backslashes. */
function splitCommands({ line, lines }: Fence, path: string): Command[] {
  const commands: Command[] = [];
  let begun: string[] = [];
  for (const [index, next] of lines.entries()) {
    if (begun.length === 0 && (next.trim() === '' || next.startsWith('#'))) continue;
    begun.push(next);
    const text = begun.join('\n');
    const check = spawnSync('bash', ['-n', '-c', text], { encoding: 'utf8' });
    if (text.endsWith('\\') || check.stderr !== '') continue;
    commands.push({ line: line + index - begun.length + 1, text });
    begun = [];
  }
  if (begun.length > 0) throw new Error(`${path}:${line}: not a command: ${begun.join('\n')}`);
  return commands;
}
