import { escapePattern } from '../../src/util/text.ts';

/*
 * Whether a program has printed what a document shows. Equal to the letter, but for what differs
 * from run to run, and but for `...`, by which documents shorten.
 */

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** What differs, as documents have it, and what may stand in its place. The first match counts. */
const WILDCARDS: readonly (readonly [shown: RegExp, real: string])[] = [
  // A request id, whole or shortened.
  [/[0-9a-f]{8}-(?:[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\.{3})/, UUID],
  // dart test's clock.
  [/\d\d:\d\d(?= \+)/, '\\d\\d:\\d\\d'],
  // Durations and sizes.
  [/\d+(?:\.\d+)?(?= (?:ms|s|MB)\b)/, '\\d+(?:\\.\\d+)?'],
  [/curl\/[\d.]+/, 'curl/[\\d.]+'],
  // Ids that AWS gives: of an API, and at the end of a bucket's name.
  [/\b[a-z0-9]{10}(?=\.execute-api)/, '\\w+'],
  [/(?<=^APIs\s+)[a-z0-9]{10}$/, '\\w+'],
  [/(?<=-serverlessdeploymentbucket-)\w+/, '\\w+'],
  [/\.{3}/, '.*'],
  // Columns are as wide as their widest cell.
  [/\s+/, '\\s+'],
];

const ANY = new RegExp(WILDCARDS.map(([{ source }]) => `(${source})`).join('|'), 'g');

/**
 * The first of the shown lines that is missing in the output; undefined when all are there, in
 * their order. Other lines may stand between them.
 */
export function missingLine(shown: readonly string[], output: string): string | undefined {
  const lines = output.split(/\r?\n/);
  let at = 0;
  return shown.find((line) => {
    if (line.trim() === '') return false;
    const pattern = patternOf(line);
    const found = lines.findIndex((real, index) => index >= at && pattern.test(real));
    at = found + 1;
    return found === -1;
  });
}

function patternOf(line: string): RegExp {
  let source = '';
  let end = 0;
  for (const match of line.matchAll(ANY)) {
    const which = match.slice(1).findIndex((group) => group !== undefined);
    source += escapePattern(line.slice(end, match.index)) + WILDCARDS[which]?.[1];
    end = match.index + match[0].length;
  }
  return new RegExp(`^${source}${escapePattern(line.slice(end))}\\s*$`);
}
