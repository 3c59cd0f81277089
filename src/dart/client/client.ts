import { posix } from 'node:path';
import type { Contract } from '../../service/contract.ts';
import type { Template } from '../../templates.ts';
import {
  arrow,
  call,
  declaration,
  entry,
  parameters,
  print,
  signature,
} from '../format/constructs.ts';
import { dartString, unique, upperCamel } from '../identifiers.ts';
import { methodsOf } from './methods.ts';

/** The client of a service's API. */
export const CLIENT_FILE = 'lib/client.dart';

/** What reads JSON, which imports nothing of dart:io. */
export const JSON_FILE = 'lib/runtime/json_fields.dart';

const IN_SERVICE = [
  '`create-lambda-hello client` makes this file from the service, and',
  '`add-endpoint` and `remove-endpoint` keep it so, unless you edit it.',
];

/** Holds the code of a client. */
export interface ClientCode {
  readonly text: string;
  /** The libraries of the service that it imports: `lib/models/order.dart`. */
  readonly libraries: readonly string[];
  /** The class: `HelloClient`. */
  readonly name: string;
  /** What it is, in a sentence. */
  readonly about: string;
}

/**
 * Writes the client of an API, as it is below lib/.
 *
 * @param template templates/client/
 * @param origin the lines of its doc comment that tell how it is kept up to date
 */
export function clientCode(
  contract: Contract,
  template: Template,
  origin: readonly string[] = IN_SERVICE,
): ClientCode {
  const base = upperCamel(contract.package);
  const name = unique(`${base}Client`, new Set(contract.types.keys()));
  const exception = unique(`${base}Exception`, new Set(contract.types.keys()));
  const methods = methodsOf(contract);
  const models = modelsOf(contract);
  const usesJson = models.size > 0 || /\bas[A-Z]|\.toJsonDate/.test(methods);
  const about = `Calls the API of ${contract.service.replace(/\s+/g, ' ')}.`;
  const statement = (code: Parameters<typeof print>[0]) => print([code, ';'], 6);
  const text = template.text('client.dart', {
    about,
    origin: origin.map((line) => `/// ${line}`).join('\n'),
    directives: directives(models, usesJson),
    name,
    reference: `[${exception}]`,
    header: print(`class ${name} {`),
    abortedBy: abortedBy(name),
    methods: methods === '' ? '' : `${methods}\n`,
    fail: statement(['throw ', call(exception, ['response'])]),
    failToDecode: statement(
      call('Error.throwWithStackTrace', [
        call(exception, ['response', 'cause: error']),
        'stackTrace',
      ]),
    ),
    exceptionHeader: print(entry(`class ${exception}`, 'implements Exception {')),
    exceptionConstructor: print(
      ['const ', exception, signature(['this.response'], ['this.cause']), ';'],
      2,
    ),
    toString: print(
      declaration('String', ['toString()', arrow(`'${exception}: $status $message'`), ';']),
      2,
    ),
  });
  const libraries = [...models.keys(), ...(usesJson ? [JSON_FILE] : [])];
  return { text, libraries, name, about };
}

/** Lists the names of the types that a client uses, by the libraries that declare them. */
function modelsOf({ types }: Contract): ReadonlyMap<string, readonly string[]> {
  const files = [...new Set([...types.values()].map(({ file }) => file))].sort();
  return new Map(
    files.map((file) => [
      file,
      [...types.values()].filter((type) => type.file === file).map(({ name }) => name),
    ]),
  );
}

/** Writes the imports and exports of the service's own libraries. */
function directives(models: ReadonlyMap<string, readonly string[]>, usesJson: boolean): string {
  const uri = (file: string) => dartString(posix.relative('lib', file));
  const imports = [...models].map(([file, names]) => show(`import ${uri(file)}`, names));
  const json = usesJson ? [`import ${uri(JSON_FILE)};`] : [];
  const exported = [
    show("export 'package:http/http.dart'", ['ClientException', 'RequestAbortedException']),
    ...[...models].map(([file, names]) => show(`export ${uri(file)}`, names)),
    ...(models.size > 0 ? [show(`export ${uri(JSON_FILE)}`, ['Optional', 'OptionalOr'])] : []),
  ];
  const groups = [[...imports, ...json], exported].filter((group) => group.length > 0);
  return groups.map((group) => `${group.join('\n')}\n`).join('\n');
}

/** Writes a directive with the names that it shows, as dart format splits it. */
function show(directive: string, names: readonly string[]): string {
  const [one, two] = [`${directive} show`, `    show ${names.join(', ')};`];
  const flat = `${one} ${names.join(', ')};`;
  if (flat.length <= 80) return flat;
  if (two.length <= 80) return `${directive}\n${two}`;
  return `${directive}\n    show\n${names.map((name) => `        ${name}`).join(',\n')};`;
}

const ABOUT_ABORTED = [
  'This client for calls that end when [trigger] completes, for example when',
  'a page of an app is left. They throw a [http.RequestAbortedException].',
];

function abortedBy(name: string): string {
  const fields = ['client: _client', 'token: token', 'headers: headers', 'timeout: timeout'];
  const made = call(name, ['base', ...fields, 'abortTrigger: trigger']);
  const code = print(
    declaration(name, [
      ['abortedBy', parameters([declaration('Future<void>', 'trigger')])],
      arrow(made),
      ';',
    ]),
    2,
  );
  return `${ABOUT_ABORTED.map((line) => `  /// ${line}\n`).join('')}${code}\n`;
}
