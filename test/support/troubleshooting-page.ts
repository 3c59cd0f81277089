import { readdirSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MessageTemplate } from '../../src/message.ts';
import { root } from './docs.ts';

const src = join(root, 'src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith(`${sep}messages.ts`),
);

/** All messages of src/: `cli.notACommand` is that of src/cli/messages.ts. */
export const catalogue: ReadonlyMap<string, MessageTemplate<string>> = new Map(
  (await Promise.all(files.map(messagesIn))).flat(),
);

async function messagesIn(file: string): Promise<[string, MessageTemplate<string>][]> {
  const messages: Record<string, MessageTemplate<string>> = await import(
    pathToFileURL(join(src, file)).href
  );
  const folder = dirname(file).split(sep).join('/');
  return Object.entries(messages).map(([name, template]) => [`${folder}.${name}`, template]);
}

/** A message in a page: its name in the catalogue, in a comment, and its text, as code. */
const NAMED = /<!--([\w/-]+\.\w+)-->(?:(`+).*?\2(?!`))?/g;

/** Names the messages that a page shows. */
export const namesIn = (page: string): readonly string[] =>
  [...page.matchAll(NAMED)].map(([, name = '']) => name);

/** Writes the texts of the catalogue behind the names of its messages. */
export const withTexts = (page: string): string =>
  page.replace(NAMED, (_, name: string) => {
    const template = catalogue.get(name);
    if (template === undefined) throw new Error(`There is no message ${name} in src/.`);
    return `<!--${name}-->${asCode(template.text())}`;
  });

/** Formats code for the cell of a table. */
function asCode(text: string): string {
  const code = text.replaceAll('|', '\\|').replace(/\n+/g, ' ');
  return code.includes('`') ? `\`\` ${code} \`\`` : `\`${code}\``;
}

/** The code in the first cells of the tables that has no name: what others say. */
export function quotedIn(page: string): readonly string[] {
  const firstCells = [...page.matchAll(/^\|((?:\\\||[^|])*)\|/gm)].map(([, cell = '']) => cell);
  return firstCells.flatMap((cell) =>
    [...cell.replace(NAMED, '').matchAll(/(`+) ?(.+?) ?\1(?!`)/g)].map(([, , code = '']) =>
      code.replaceAll('\\|', '|'),
    ),
  );
}
