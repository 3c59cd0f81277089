// Reads the little of pubspec.yaml that resolving packages needs, without a YAML parser: block maps,
// as Dart's own templates write them. What it cannot read it refuses; a guess would hide a mistake.

import { DATA, Failure } from './exit.mjs';

/**
 * @param {string} text
 * @returns {{ name: string, sdk: string, dependencies: string[], devDependencies: string[] }}
 */
export function readPubspec(text) {
  const sections = topLevel(text);
  for (const key of ['dependency_overrides', 'workspace', 'resolution']) {
    if (sections.has(key)) throw refusal(`${key}, which this stand-in does not support`);
  }
  const name = sections.get('name')?.value ?? '';
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw refusal(`no valid "name"`);
  const sdk = entries(sections, 'environment').get('sdk');
  if (!sdk) throw refusal('no lower-bound SDK constraint (environment: sdk)');
  return {
    name,
    sdk,
    dependencies: [...entries(sections, 'dependencies').keys()],
    devDependencies: [...entries(sections, 'dev_dependencies').keys()],
  };
}

/** @typedef {Map<string, { value: string, lines: string[] }>} Sections */

/** @param {string} text @returns {Sections} */
function topLevel(text) {
  /** @type {Sections} */
  const sections = new Map();
  let current;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(/(^|\s)#.*$/, '').trimEnd();
    if (line === '' || line === '---') continue;
    if (line.startsWith(' ')) {
      if (current === undefined) throw refusal(`an unexpected line: ${raw}`);
      current.lines.push(line);
      continue;
    }
    const [key, value] = keyAndValue(line);
    if (sections.has(key)) throw refusal(`a duplicate key: ${key}`);
    current = { value, lines: /** @type {string[]} */ ([]) };
    sections.set(key, current);
  }
  return sections;
}

/** The keys one level down; what is deeper belongs to them. @param {Sections} sections */
function entries(sections, /** @type {string} */ key) {
  /** @type {Map<string, string>} */
  const found = new Map();
  const section = sections.get(key);
  if (section === undefined) return found;
  if (section.value !== '' && section.value !== '{}') {
    throw refusal(`${key}: ${section.value}, which this stand-in cannot read`);
  }
  const depth = section.lines[0]?.search(/\S/);
  for (const line of section.lines) {
    if (line.search(/\S/) === depth) found.set(...keyAndValue(line.trim()));
  }
  return found;
}

/** @param {string} line @returns {[string, string]} */
function keyAndValue(line) {
  const match = /^([\w-]+):(?:\s+(.*))?$/.exec(line);
  if (match?.[1] === undefined) throw refusal(`a line this stand-in cannot read: ${line}`);
  return [match[1], (match[2] ?? '').replace(/^(['"])(.*)\1$/, '$2')];
}

const refusal = (/** @type {string} */ what) => new Failure(DATA, `pubspec.yaml has ${what}`);
