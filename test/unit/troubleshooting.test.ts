import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dartTextsIn, HOLE, type SourceText, textsIn, textsOf } from '../support/error-messages.ts';

/**
 * docs/troubleshooting.md has every message that a user can meet, and no other.
 * Its messages are the code in the first cells of its tables, with <placeholders>
 * for what differs. A message of the source is whole where the source has it in
 * one piece; what it is completed with, by a parameter for example, has an entry
 * of its own.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));

/** What is not written for an error: help, code, other formats. */
const NO_MESSAGES = [
  'src/changes/diff.ts',
  'src/cli/(?!run)',
  'src/dart/endpoint/files.ts',
  'src/dart/endpoint/test.ts',
  'src/dart/identifiers.ts',
  'src/dart/model/code.ts',
  'src/dart/model/model.ts',
  'src/local/gateway/time.ts',
  'src/local/lambda/platform-log.ts',
  'src/aws/deployed-urls.ts',
  'src/service/package-manager.ts',
  'src/commands/invoke/sample-events.ts',
  'src/ui/progress.ts',
];

/** Texts that no rule tells from messages: hints, labels, and parts of what is fine. */
const OTHER_TEXTS = new Set([
  // What to write instead of what osls refuses, and a pattern of it.
  'take it out',
  '- http: GET /hello',
  // What a handler says instead.
  'AwsApiGatewayResponse.json(..., headers: {<>})',
  'runtime: provided.al2023',
  '^(?:\\*|(ANY|GET|POST|PUT|PATCH|OPTIONS|HEAD|DELETE) (/\\S*))$',
  // The blocks to paste.
  'beside its other functions',
  '<>, beside its other functions:',
  '<>, a new file:',
  // The next steps of a new service, and the keys of dev.
  '  <> dev      # serve it on this machine',
  '  <> deploy   # deploy it to AWS',
  ' Keys: r restart, e endpoints, q quit.',
  // What there is to remove.
  '<>, which connect these',
  // The account that is deployed to.
  'that of the sign-in',
  // What generated tests expect of generated handlers.
  'The parameter "<>" must be <>, but it is "x".',
  // Where credentials are from.
  'what surrounds this process (a container or an EC2 instance)',
  'the profile default, <>',
  '<>_ACCESS_KEY_ID and <>_SECRET_ACCESS_KEY',
  'the default profile, then the surroundings (container, EC2 instance)',
  // Where the region is from.
  'the AWS configuration, or the default',
  // An engine that does not tell its name.
  'the container engine',
  // Of .create-lambda-hello.json.
  'What create-lambda-hello wrote, with checksums: upgrade and remove-endpoint change only what is unedited. Keep it under version control.',
  // Hints.
  'look at its log, here above or in the terminal of  create-lambda-hello dev',
  'wait until <> says ROLLBACK_COMPLETE',
  '--region eu-central-1',
  'write it out in serverless.yml',
  'docs/migrating.md of create-lambda-hello tells what differs, and how to change over',
  // Why a compiler was chosen.
  'Dart <> at <>, <>, cross-compiles',
  'Dart <> at <>, <>, compiles for this machine, which is Linux <>',
  'as --build-in-container says',
  '<> runs the compiler, as --build-in-container says',
  'because of this: <>',
  '<> runs the compiler, because of this: <>',
  // Where an SDK was found.
  'named by DART_SDK',
  'of the Flutter SDK in FLUTTER_ROOT',
  'of the Flutter SDK on PATH',
  'of .fvm/flutter_sdk',
  'fetched by install-dart',
  // What to do for one.
  'create-lambda-hello install-dart  fetches one; or install it from https://dart.dev/get-dart',
  'set DART_SDK to the folder of a Dart SDK, or unset it',
  'set DART_SDK to an SDK of <> or newer, or unset it',
  'again; behind a proxy set HTTPS_PROXY, and for a mirror of the archive FLUTTER_STORAGE_BASE_URL',
  'another HTTPS_PROXY, or NO_PROXY for what needs none',
  'make room, for example with  create-lambda-hello install-dart --remove <version> ; or keep SDKs on another disk: XDG_CACHE_HOME on Linux, LOCALAPPDATA on Windows',
  'make it a folder that you may write to, or choose another: XDG_CACHE_HOME on Linux, LOCALAPPDATA on Windows',
  // How an address is reached.
  'through the proxy',
  // A header.
  'text/plain; charset=utf-8',
]);

const sources = [
  ...textsOf(root, ['src'], textsIn, ['.ts']),
  ...textsOf(root, ['bin', 'templates/service/tool'], textsIn, ['.cjs', '.mjs']),
  ...textsOf(root, ['templates/service/lib/runtime'], dartTextsIn, ['.dart']),
].filter(({ place }) => !NO_MESSAGES.some((file) => new RegExp(`^${file}`).test(place)));

/** Their messages reach users too. Only some of them are worth an entry. */
const foreign = [
  ...textsOf(root, ['node_modules/commander/lib'], textsIn, ['.js']),
  ...textsOf(root, ['node_modules/yaml/dist'], textsIn, ['.js']),
];

const page = readFileSync(`${root}docs/troubleshooting.md`, 'utf8');
const documented = messagesOf(page);

/** The code in the first cells of the tables. */
function messagesOf(markdown: string): readonly string[] {
  const firstCells = [...markdown.matchAll(/^\|((?:\\\||[^|])*)\|/gm)].map(([, cell = '']) => cell);
  return firstCells.flatMap((cell) =>
    [...cell.matchAll(/(`+) ?(.+?) ?\1(?!`)/g)].map(([, , code = '']) =>
      code.replaceAll('\\|', '|'),
    ),
  );
}

const words = (text: string): number => text.replaceAll(HOLE, ' ').match(/[a-z]+/gi)?.length ?? 0;

/** Whether a user can meet the text as a message, or as a part of one. */
function isMessage({ text, use }: SourceText): boolean {
  if (use === 'other' || OTHER_TEXTS.has(text) || isQuestion(text)) return false;
  return use === 'error'
    ? words(plain(text)) > 0
    : words(text) > 2 && /[a-z]\W* \W*[a-z]/i.test(text);
}

/** What a prompt asks. */
const isQuestion = (text: string): boolean => /^[A-Z][^.]*\?$/.test(text);

/** One line, without what is said around every error. */
const plain = (text: string): string =>
  text
    .replace(/\nTry: .*/s, '')
    .replace(/\s+/g, ' ')
    .replace(/^error: /, '')
    .replace(/^(<>:?)+: (?=.*[a-z])/, '')
    .trim();

/** The pieces of a text of the source between its values. */
const piecesOf = (text: string): readonly string[] => text.replace(/\.$/, '').split(HOLE);

/** A text as a pattern, with `value` for each of its values. */
const patternOf = (text: string, value: string): string =>
  piecesOf(text)
    .map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join(value);

/** The texts that say something, each with its ways to match a message and to capture its values. */
const patterns = [...new Set([...sources, ...foreign].map(({ text }) => plain(text)))]
  .filter((text) => words(text) > 0)
  .map((text) => ({
    pieces: piecesOf(text),
    // What a value ends with may look like what comes after it, and so may what comes before all.
    regExps: ['', '(.*)[: ]', '(.*?)[: ]'].flatMap((before) =>
      ['(.*)', '(.*?)'].map((value) => new RegExp(`^${before}${patternOf(text, value)}\\.?$`)),
    ),
  }));

/** What was asked before: values are often the same. */
const known = new Map<string, boolean>();

/** Whether the source has the message: as a whole, and what stands for its values too. */
function isOfSource(message: string): boolean {
  const answer = known.get(message) ?? isNewOfSource(message);
  known.set(message, answer);
  return answer;
}

function isNewOfSource(message: string): boolean {
  return patterns.some(
    ({ pieces, regExps }) =>
      pieces.every((piece) => message.includes(piece)) &&
      regExps.some((regExp) => {
        const values = regExp.exec(message)?.slice(1);
        return values?.every((value) => isValue(value) || (value !== message && isOfSource(value)));
      }),
  );
}

/** A placeholder, or what may stand for one. */
const isValue = (text: string): boolean => words(text.replace(/<[^<>]*>/g, '')) <= 2;

describe('docs/troubleshooting.md', () => {
  it('has every message of the source', () => {
    const known = documented.map(plain);
    const missing = sources.filter(isMessage).flatMap(({ place, text, use }) => {
      const pattern = patternOf(plain(text), '.*');
      const regExp = new RegExp(use === 'error' ? `^(.*: )?${pattern}\\.?$` : pattern);
      const isKnown = known.some((message) => regExp.test(message));
      return isKnown ? [] : [`${place}  ${plain(text)}`];
    });
    expect(missing, 'document them, or say in OTHER_TEXTS that they are no messages').toEqual([]);
  });

  it('has no message that the source does not have', () => {
    const gone = documented.filter((message) => !isOfSource(plain(message)));
    expect(gone, 'delete them, or write them as the source does').toEqual([]);
  });

  it('is compared with texts that are there', () => {
    const texts = new Set(sources.map(({ text }) => text));
    expect([...OTHER_TEXTS].filter((text) => !texts.has(text))).toEqual([]);
  });
});

describe('the texts of a source', () => {
  const read = (source: string) =>
    textsIn('a.ts', source).map(({ text, use }) => `${use}: ${text}`);

  it.each([
    ['a literal', "throw new UserError('a b.')", ['error: a b.']],
    ['a value', 'throw new UserError(`a $b c.`)', ['error: a <> c.']],
    ['a sum', "throw new UserError('a ' + b + ' c')", ['error: a <> c']],
    ['a hint', "new UserError('a b.', 'c d')", ['error: a b.', 'other: c d']],
    ['a constant', 'const a = 7; f(`$a b`)', ['text: 7 b']],
    ['a parameter', "const a = 'x'; const f = (a) => `$a b`", ['text: x', 'text: <> b']],
    ['a choice', "f(b ? 'a c' : `a $d`)", ['text: a c', 'text: a <>']],
    [
      'a choice by name',
      "const b = c ? 'd' : 'e'; f(`$b.`)",
      ['text: d', 'text: e', 'text: d.', 'text: e.'],
    ],
    [
      'an option',
      "const b = c ? ' d' : ''; f(`a$b.`)",
      ['text:  d', 'text: ', 'text:  d', 'text: a<>.'],
    ],
    ['a default', "f('a ' + (b ?? 'c'))", ['text: a <>', 'text: c']],
    ['a property', "const a = { reason: 'b c', hint: 'd e' }", ['text: b c', 'other: d e']],
    ['a question', "const a = { flag: '--a', message: 'b c' }", ['other: --a', 'other: b c']],
    ['praise', "const a = { status: 'ok', detail: 'b c' }", ['text: ok', 'other: b c']],
    ['a note', "out.note('a b')", ['other: a b']],
    ['a defect', "throw new Error('a b')", ['other: a b']],
    ['a helper', "throw fail('a b', 'c d')", ['text: a b', 'other: c d']],
    ['a type', "type A = 'b c'; let a: 'd e';", []],
    ['an import', "import { a } from 'b';", []],
  ])('are found whole: %s', (_, source, expected) => {
    expect(read(source.replace(/\$(\w)/g, '$${$1}'))).toEqual(expected);
  });

  it('are found in Dart, too', () => {
    const dart = ["// 'a'", "throw E('b #{c.join(', ')} d '", "    'e $f.');"].join('\n');
    expect(dartTextsIn('a.dart', dart.replace('#', '$'))).toEqual([
      { place: 'a.dart:2', text: 'b <> d e <>.', use: 'text' },
    ]);
  });
});
