/** Describes how a package manager installs osls into a service and runs it. */
export interface PackageManager {
  readonly name: string;
  /** Installs the dependencies in package.json. */
  readonly install: string;
  /** Adds a development dependency; its name follows. */
  readonly add: string;
  /** Runs a command of an installed package. */
  readonly exec: string;
  /** Runs a command of a package that is not installed. */
  readonly dlx: string;
  /** Files that a service needs for this package manager, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

export const NPM: PackageManager = {
  name: 'npm',
  install: 'npm install',
  add: 'npm install --save-dev',
  exec: 'npx',
  dlx: 'npx',
};

const PNPM: PackageManager = {
  name: 'pnpm',
  install: 'pnpm install',
  add: 'pnpm add --save-dev',
  exec: 'pnpm exec',
  dlx: 'pnpm dlx',
};

/** Yarn 1 cannot run a package that is not installed. */
const YARN_CLASSIC: PackageManager = {
  name: 'yarn',
  install: 'yarn install',
  add: 'yarn add --dev',
  exec: 'yarn',
  dlx: 'npx',
};

const YARN: PackageManager = {
  ...YARN_CLASSIC,
  dlx: 'yarn dlx',
  files: {
    '.yarnrc.yml': '# osls looks for its plugins in node_modules.\nnodeLinker: node-modules\n',
    // Without this file, Yarn would treat the service as a workspace of a project above it.
    'yarn.lock': '',
  },
};

const BUN: PackageManager = {
  name: 'bun',
  install: 'bun install',
  add: 'bun add --dev',
  exec: 'bunx',
  dlx: 'bunx',
};

/** Maps the names that package-manager-detector returns to package managers. */
export const PACKAGE_MANAGERS: ReadonlyMap<string, PackageManager> = new Map([
  ['npm', NPM],
  ['pnpm', PNPM],
  ['yarn', YARN_CLASSIC],
  ['yarn@berry', YARN],
  ['bun', BUN],
]);

/**
 * Returns the package manager that started this program, or npm if none did.
 *
 * @param userAgent the value of npm_config_user_agent, which all of them set:
 * `pnpm/9.1.0 npm/? node/v20.19.0 linux x64`
 */
export function startedBy(userAgent: string | undefined): PackageManager {
  const [, name, major] = /^(\w+)\/(\d+)/.exec(userAgent ?? '') ?? [];
  const known = name === 'yarn' && major !== '1' ? 'yarn@berry' : name;
  return PACKAGE_MANAGERS.get(known ?? '') ?? NPM;
}

/**
 * Returns the command that starts this program again, through the package runner that started it.
 *
 * @param file a file of the program
 */
export function startedAs(program: string, file: string): string {
  const folders = file.split(/[\\/]/);
  const runner = [
    ['npx', folders.includes('_npx')],
    ['yarn dlx', folders.some((name) => /^dlx-\d+$/.test(name)) && /xfs-[0-9a-f]+/.test(file)],
    ['pnpm dlx', folders.includes('dlx') || folders.some((name) => /^dlx-/.test(name))],
    ['bunx', folders.some((name) => /^bunx-/.test(name))],
  ].find(([, matches]) => matches);
  return runner ? `${runner[0]} ${program}` : program;
}
