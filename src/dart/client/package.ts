import type { CreateFile } from '../../changes/change-set.ts';
import { UserError } from '../../errors.ts';
import type { Contract } from '../../service/contract.ts';
import type { Template } from '../../templates.ts';
import { importsOf, resolveUri } from '../main/declarations.ts';
import type { DartParser } from '../main/parser.ts';
import { clientCode } from './client.ts';
import { libraryElsewhere } from './messages.ts';

const ORIGIN = ['`create-lambda-hello client --out` makes this package of the service.'];

/** Names the package that has nothing but the client of a service. */
const clientPackage = (servicePackage: string): string => `${servicePackage}_client`;

/**
 * Writes a package with the client of a service and the libraries that it uses.
 *
 * @param template templates/client/
 * @param read returns the text of a file of the service
 * @throws UserError when a model imports what such a package does not have
 */
export async function packageFiles(
  contract: Contract,
  template: Template,
  parser: DartParser,
  read: (path: string) => Promise<string | undefined>,
): Promise<readonly CreateFile[]> {
  const { text, libraries, name, about } = clientCode(contract, template, ORIGIN);
  const own = clientPackage(contract.package);
  const variables = { package: own, about, name };
  const copied = new Map<string, string>();
  const copy = async (path: string, by: string): Promise<void> => {
    if (copied.has(path)) return;
    const library = await read(path);
    if (library === undefined) throw elsewhere(by, path);
    copied.set(path, library.replaceAll(`package:${contract.package}/`, `package:${own}/`));
    for (const uri of importsOf(parser, library)) {
      if (uri.startsWith('dart:') && uri !== 'dart:io') continue;
      const target = resolveUri(uri, { from: path, package: contract.package });
      if (target === undefined) throw elsewhere(path, uri);
      await copy(target, path);
    }
  };
  for (const path of libraries) await copy(path, 'lib/client.dart');
  return [
    { path: 'pubspec.yaml', content: template.text('pubspec.yaml', variables) },
    { path: 'README.md', content: template.text('README.md', variables) },
    ...[...copied].map(([path, content]) => ({ path, content })),
    { path: `lib/${own}.dart`, content: text },
  ].map((file) => ({ kind: 'create', ...file }));
}

const elsewhere = (path: string, uri: string): UserError =>
  new UserError(
    libraryElsewhere({ path, uri }),
    'create-lambda-hello client  without --out, and depend on the package of the service',
  );
