// Reads the little of pubspec.yaml that resolving packages needs, without a YAML parser: block maps,
// as Dart's own templates write them. What it cannot read it refuses; a guess would hide a mistake.

import { DATA, Failure } from './exit.mjs';

/**
 * @param {string} text
 * @returns {{
 *   name: string,
 *   sdk: string,
 *   dependencies: Map<string, string | undefined>,
 *   devDependencies: Map<string, string | undefined>,
 * }} the dependencies with their `path`, where they have one
 */
export function readPubspec(text) {
  const sections = topLevel(text);
  for (const key of ['dependency_overrides', 'workspace', 'resolution']) {
    if (sections.has(key)) throw refusal(`${key}, which this stand-in does not support`);
  }
  const name = sections.get('name')?.value ?? '';
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw refusal(`no valid "name"`);
  const sdk = entries(sections, 'environment').get('sdk')?.value;
  if (!sdk) throw refusal('no lower-bound SDK constraint (environment: sdk)');
  return {
    name,
    sdk,
    dependencies: dependencies(sections, 'dependencies'),
    devDependencies: dependencies(sections, 'dev_dependencies'),
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

/** The keys one level down, each with its value and its own lines. @param {Sections} sections */
function entries(sections, /** @type {string} */ key) {
  /** @type {Sections} */
  const found = new Map();
  const section = sections.get(key);
  if (section === undefined) return found;
  if (section.value !== '' && section.value !== '{}') {
    throw refusal(`${key}: ${section.value}, which this stand-in cannot read`);
  }
  const depth = section.lines[0]?.search(/\S/);
  let current;
  for (const line of section.lines) {
    if (line.search(/\S/) === depth) {
      const [name, value] = keyAndValue(line.trim());
      current = { value, lines: /** @type {string[]} */ ([]) };
      found.set(name, current);
    } else current?.lines.push(line.trim());
  }
  return found;
}

/** The dependencies of that kind, with the `path` of those that have one. @param {Sections} sections */
function dependencies(sections, /** @type {string} */ key) {
  const paths = [...entries(sections, key)].map(([name, { lines }]) => {
    const [, path] = lines.map(keyAndValue).find(([word]) => word === 'path') ?? [];
    return /** @type {const} */ ([name, path]);
  });
  return new Map(paths);
}

/** @param {string} line @returns {[string, string]} */
function keyAndValue(line) {
  const match = /^([\w-]+):(?:\s+(.*))?$/.exec(line);
  if (match?.[1] === undefined) throw refusal(`a line this stand-in cannot read: ${line}`);
  return [match[1], (match[2] ?? '').replace(/^(['"])(.*)\1$/, '$2')];
}

const refusal = (/** @type {string} */ what) => new Failure(DATA, `pubspec.yaml has ${what}`);
