/** Checks the name, the method and the path of an endpoint. */

import { InvalidValueError } from '../../errors.ts';
import type { Message } from '../../message.ts';
import { isEmpty, notOneOf } from '../../util/messages.ts';
import { inQuotes, upperFirst, withoutMarks } from '../../util/text.ts';
import { isYamlWord } from '../../util/yaml-words.ts';
import { noLetterFirst, yamlWord } from '../messages.ts';
import * as messages from './messages.ts';

/** The methods of API Gateway's routes. */
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ANY'] as const;

/** The methods of requests, which ANY stands for. */
export const REQUEST_METHODS: readonly string[] = METHODS.filter((method) => method !== 'ANY');

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH', 'ANY']);

/** Returns whether requests of that method have a body; others carry their data in the query. */
export function takesBody(method: string): boolean {
  return WITH_BODY.has(method);
}

/**
 * Checks the key of an endpoint's function and returns it. osls allows letters, digits, `-` and
 * `_`; Dart names are derived from the key, so it starts with a letter.
 *
 * @throws InvalidValueError
 */
export function endpointName(text: string): string {
  const name = inQuotes(text);
  const fail = (reason: Message): InvalidValueError =>
    new InvalidValueError(messages.notAName({ name, reason }), suggestName(text));
  if (text === '') throw fail(isEmpty());
  if (!/^[a-zA-Z]/.test(text)) throw fail(noLetterFirst());
  const odd = /[^0-9a-zA-Z_-]/u.exec(text)?.[0];
  if (odd !== undefined) {
    const character = inQuotes(odd);
    throw fail(odd === ' ' ? messages.hasSpace() : messages.hasCharacter({ character }));
  }
  if (isYamlWord(text)) throw fail(yamlWord());
  return text;
}

function suggestName(text: string): string {
  const [first = '', ...rest] = withoutMarks(text)
    .split(/[^0-9a-zA-Z_-]+/)
    .filter((word) => word !== '');
  const name = (first + rest.map(upperFirst).join('')).replace(/^[^a-zA-Z]+/, '').slice(0, 40);
  if (name === '') return 'getOrder';
  return isYamlWord(name) ? `${name}Endpoint` : name;
}

/**
 * Checks a method and returns it in upper case.
 *
 * @throws InvalidValueError
 */
export function endpointMethod(text: string): string {
  const method = text.toUpperCase();
  if ((METHODS as readonly string[]).includes(method)) return method;
  throw new InvalidValueError(
    notOneOf({ value: inQuotes(text), values: METHODS.join(', ') }),
    'GET',
  );
}

/** Holds a path as it was given, and what it was parsed to. */
export interface EndpointPath {
  /** With types: `/orders/{id:int}`. */
  readonly text: string;
  /** As API Gateway expects it: `/orders/{id}`. */
  readonly path: string;
  readonly parameters: readonly PathParameter[];
}

export interface PathParameter {
  readonly name: string;
  readonly type: ParameterType;
  /** The only texts that it may be, if there are such: `{status:enum(open,paid)}`. */
  readonly oneOf?: readonly string[];
  /** Whether it ends with a parameter for the rest of the path: `{proxy+}`. */
  readonly greedy: boolean;
}

/** The types of path parameters, as users write them; fields of JSON have the same. */
const PARAMETER_TYPES = ['string', 'int', 'double', 'bool', 'datetime', 'date', 'decimal'] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

/** Returns the path of an endpoint that is not given one. */
export function defaultPath(name: string): string {
  return `/${name}`;
}

/**
 * Parses a path that both kinds of API accept, in which the name of a parameter may be followed by
 * its type
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html).
 *
 * @throws InvalidValueError
 */
export function endpointPath(text: string): EndpointPath {
  const fail = (reason: Message, suggestion = '/orders/{id}'): InvalidValueError =>
    new InvalidValueError(messages.notAPath({ path: inQuotes(text), reason }), suggestion);
  if (/^[a-zA-Z]:[\\/]/.test(text)) {
    const hint = `//${text.split(/[\\/]/).at(-1)}`;
    throw fail(messages.windowsPath(), hint);
  }
  // Git Bash rewrites `/orders` to a Windows path, but turns `//orders` into `/orders`; other shells
  // leave both alone.
  const given = text.replace(/^\/\//, '/');
  if (!given.startsWith('/')) throw fail(messages.noSlashFirst(), `/${text}`);
  if (given === '/') return { text: given, path: '/', parameters: [] };
  const segments = given.slice(1).split('/');
  if (segments.at(-1) === '') throw fail(messages.slashLast(), given.replace(/\/+$/, '') || '/');
  const parameters: PathParameter[] = [];
  const parts = segments.map((segment, index) => {
    if (!/[{}]/.test(segment)) {
      const problem = literalProblem(segment);
      if (problem !== undefined) throw fail(problem);
      return segment;
    }
    const parameter = readParameter(segment, fail);
    if (parameters.some(({ name }) => name === parameter.name)) {
      throw fail(messages.parameterTwice({ name: parameter.name }));
    }
    if (parameter.greedy && index < segments.length - 1) {
      throw fail(messages.restNotLast({ name: parameter.name }));
    }
    parameters.push(parameter);
    return `{${parameter.name}${parameter.greedy ? '+' : ''}}`;
  });
  return { text: given, path: `/${parts.join('/')}`, parameters };
}

function literalProblem(segment: string): Message | undefined {
  if (segment === '') return messages.twoSlashes();
  if (/^\.+$/.test(segment)) return messages.dotsOnly({ part: inQuotes(segment) });
  const odd = /[^a-zA-Z0-9._:-]/u.exec(segment)?.[0];
  if (odd === undefined) return undefined;
  return messages.pathCharacter({ character: inQuotes(odd) });
}

function readParameter(
  segment: string,
  fail: (reason: Message) => InvalidValueError,
): PathParameter {
  const match = /^\{([a-zA-Z_][a-zA-Z0-9_-]*)(\+?)(?::([a-zA-Z]*)(\([\w.,-]*\))?)?\}$/.exec(
    segment,
  );
  if (match === null) throw fail(messages.notAParameter({ part: inQuotes(segment) }));
  const [, name = '', plus, given = 'string', listed] = match;
  const known = given.toLowerCase();
  const oneOf = listed?.slice(1, -1).split(',');
  const isEnum = oneOf && known === 'enum' && !oneOf.includes('') && !hasTwice(oneOf);
  const type = isEnum ? 'string' : PARAMETER_TYPES.find((one) => one === known && !listed);
  if (type === undefined) {
    const types = [...PARAMETER_TYPES, 'enum(open,paid)'].join(', ');
    throw fail(messages.notAType({ name, type: inQuotes(`${given}${listed ?? ''}`), types }));
  }
  if (plus && (isEnum || type !== 'string')) throw fail(messages.typedRest({ name }));
  return { name, type, ...(isEnum && { oneOf }), greedy: plus === '+' };
}

const hasTwice = (texts: readonly string[]): boolean => new Set(texts).size < texts.length;
