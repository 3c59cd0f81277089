import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { VERSION, versionRange } from '../../src/version.ts';
import { findProgram, installedOsls, REGION, userEnv } from './moto.ts';

/**
 * Makes the folder a machine that a reader of the documents may have: the packed command is
 * installed, and so are Dart and npm; AWS is at the origin. npm reaches no registry.
 *
 * @param folder a new folder, which becomes the home folder
 * @param cli the packed command, in some node_modules/.bin
 * @returns the environment, and the empty folder in which the reader begins
 */
export function makeMachine(
  folder: string,
  cli: string,
  dartBin: string,
  origin: string,
): { env: Record<string, string | undefined>; work: string } {
  // npx looks for a command in the node_modules of all folders above.
  symlinkSync(dirname(dirname(cli)), join(folder, 'node_modules'), 'junction');
  const bin = join(folder, 'bin');
  const work = join(folder, 'work');
  mkdirSync(bin);
  mkdirSync(work);
  writeFileSync(join(bin, 'npm'), npm(installedOsls()));
  writeFileSync(join(bin, 'npx'), npx());
  for (const name of ['npm', 'npx']) chmodSync(join(bin, name), 0o755);
  // What npm tells the scripts that it runs, such as this test, is not for the reader's npm.
  const user = Object.fromEntries(
    Object.entries(userEnv(folder, dartBin, origin)).filter(([name]) => !/^npm_/i.test(name)),
  );
  const PATH = [bin, dirname(cli), user.PATH].join(delimiter);
  const offline = { npm_config_offline: 'true', npm_config_update_notifier: 'false' };
  // `make dev` takes any free port.
  return { env: { ...user, ...offline, PATH, AWS_REGION: REGION, PORT: '0' }, work };
}

/**
 * The real npx, but for one thing: it would ask the registry which create-lambda-hello a service
 * means that names a version. Here that is the packed one.
 */
const npx = (): string => `#!/bin/sh
case "$1" in
  create-lambda-hello@${versionRange(VERSION)} | create-lambda-hello@latest) shift; set -- create-lambda-hello "$@" ;;
esac
exec '${findProgram('npx')}' "$@"
`;

/**
 * The real npm, but for one thing: in place of ten seconds of downloading and unpacking, it finds
 * osls in node_modules already, and only has to see whether that is what package.json asks for.
 */
const npm = (osls: string): string => `#!/bin/sh
if [ "$1" = install ] && [ -f package.json ] && [ ! -e node_modules ]; then
  cp -RPl '${osls}/node_modules' . 2>/dev/null || { rm -rf node_modules; cp -RP '${osls}/node_modules' .; }
fi
exec '${findProgram('npm')}' "$@"
`;
