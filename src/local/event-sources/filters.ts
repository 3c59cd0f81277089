import { isRecord, tryParseJson } from '../../util/json.ts';

/**
 * Tells whether a value matches an event pattern, as event source mappings and EventBridge have it
 * (https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html).
 */
function matchesPattern(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) return matchesRules(pattern, value);
  if (!isRecord(pattern)) return false;
  return Object.entries(pattern).every(([key, each]) => {
    if (key === '$or' && Array.isArray(each)) return each.some((one) => matchesPattern(one, value));
    const found = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    return matchesPattern(each, found);
  });
}

/**
 * Tells whether a record is delivered: whether it matches one of the filters. The text of a message
 * is JSON where a filter looks into it.
 *
 * @param part the property that holds the text: `body` or `data`
 */
export function isDelivered(
  filters: readonly unknown[],
  record: Readonly<Record<string, unknown>>,
  part?: string,
): boolean {
  if (filters.length === 0) return true;
  return filters.some((filter) => {
    const looksInside = part !== undefined && isRecord(filter) && isRecord(filter[part]);
    const value = looksInside ? { ...record, [part]: tryParseJson(String(record[part])) } : record;
    return matchesPattern(filter, value);
  });
}

function matchesRules(rules: readonly unknown[], value: unknown): boolean {
  // A list matches by any of its values.
  const values = Array.isArray(value) ? value : [value];
  return rules.some((rule) =>
    isRecord(rule) && 'exists' in rule
      ? (value !== undefined && !isRecord(value)) === rule.exists
      : values.some((each) => matchesRule(rule, each)),
  );
}

function matchesRule(rule: unknown, value: unknown): boolean {
  if (!isRecord(rule)) return rule === value;
  if (value === undefined) return false;
  const text = typeof value === 'string' ? value : undefined;
  const [[name, wanted] = ['', undefined]] = Object.entries(rule);
  switch (name) {
    case 'prefix':
      return text !== undefined && withCase(wanted, text, (a, b) => a.startsWith(b));
    case 'suffix':
      return text !== undefined && withCase(wanted, text, (a, b) => a.endsWith(b));
    case 'equals-ignore-case':
      return text?.toLowerCase() === String(wanted).toLowerCase();
    case 'anything-but':
      return !(Array.isArray(wanted) ? wanted : [wanted]).some((each) => matchesRule(each, value));
    case 'numeric':
      return typeof value === 'number' && Array.isArray(wanted) && isInRange(wanted, value);
    case 'wildcard':
      return text !== undefined && isLike(String(wanted), text);
    default:
      return false;
  }
}

/** Compares with a text, or with `{ equals-ignore-case: text }`. */
function withCase(
  wanted: unknown,
  text: string,
  compare: (text: string, part: string) => boolean,
): boolean {
  if (!isRecord(wanted)) return compare(text, String(wanted));
  return compare(text.toLowerCase(), String(wanted['equals-ignore-case']).toLowerCase());
}

function isInRange(rule: readonly unknown[], value: number): boolean {
  for (let index = 0; index < rule.length; index += 2) {
    const limit = Number(rule[index + 1]);
    const holds =
      (rule[index] === '=' && value === limit) ||
      (rule[index] === '<' && value < limit) ||
      (rule[index] === '<=' && value <= limit) ||
      (rule[index] === '>' && value > limit) ||
      (rule[index] === '>=' && value >= limit);
    if (!holds) return false;
  }
  return rule.length > 0;
}

function isLike(wildcard: string, text: string): boolean {
  const [first = '', ...rest] = wildcard.split('*');
  const last = rest.pop();
  if (last === undefined) return first === text;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
