import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { permanentFolder, writeTree } from './folders.ts';
import { installedOsls } from './moto.ts';

/** How a command of osls ended, and what it printed. */
interface OslsExit {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** A command of osls in the folder of a service. */
interface OslsRun {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs commands of the real osls, one after the other in one process: 0.15 s each instead of 3 s. */
function runOsls(runs: readonly OslsRun[]): OslsExit[] {
  const load = createRequire(join(installedOsls(), 'node_modules/osls/package.json'));
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [fileURLToPath(new URL('osls-batch.mjs', import.meta.url))],
    {
      encoding: 'utf8',
      input: JSON.stringify({ osls: load.resolve('osls/package.json'), runs }),
      maxBuffer: Number.MAX_SAFE_INTEGER,
      // Only what the runs name: `${env:}` must not depend on who runs the tests.
      env: { PATH: process.env.PATH, HOME: installedOsls() },
    },
  );
  if (status !== 0) throw new Error(`osls ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** What `serverless print` says that a serverless.yml means, or why osls refuses it. */
export interface Printed {
  readonly refused?: string;
  // biome-ignore lint/suspicious/noExplicitAny: what it is, the test says
  readonly config?: any;
}

/** The folder of a service, with the options and the environment of a command. */
export type Print = Pick<OslsRun, 'cwd' | 'env'> & Partial<Pick<OslsRun, 'args'>>;

const print = (args: readonly string[] = []) => ['print', '--format', 'json', ...args];

/** Prints the serverless.yml of each folder. */
export function printByOsls(folders: readonly (string | Print)[]): Printed[] {
  const prints = folders.map(
    (folder): Print => (typeof folder === 'string' ? { cwd: folder } : folder),
  );
  const exits = runOsls(prints.map(({ args, ...run }) => ({ ...run, args: print(args) })));
  return exits.map(({ code, stdout, stderr }) =>
    code === 0 ? { config: JSON.parse(stdout) } : { refused: stdout + stderr },
  );
}

/** Prints one as users do, in a process of its own. */
export function printAlone({ cwd, args, env = {} }: Print): Printed {
  const program = join(installedOsls(), 'node_modules/osls/bin/serverless.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...print(args)], {
    cwd,
    env: { PATH: process.env.PATH, HOME: installedOsls(), ...env },
    encoding: 'utf8',
  });
  return status === 0 ? { config: JSON.parse(stdout) } : { refused: stdout + stderr };
}

/** The schema that osls holds a service on AWS against, with all that its own plugins add. */
// biome-ignore lint/suspicious/noExplicitAny: what it is, the test says
export function schemaOfOsls(): any {
  const osls = join(installedOsls(), 'node_modules/osls');
  const program = `
    const Handler = require(${JSON.stringify(join(osls, 'lib/classes/config-schema-handler'))});
    Handler.prototype.validateConfig = async function () {
      require('node:fs').writeSync(1, JSON.stringify(this.schema));
      process.exit();
    };
    process.argv = [process.execPath, ${JSON.stringify(join(osls, 'bin/serverless.js'))}, 'print'];
    require(process.argv[1]);`;
  const { folder, remove } = permanentFolder();
  try {
    writeTree(folder, {
      'serverless.yml': 'service: shop\nprovider: { name: aws, runtime: provided.al2023 }\n',
    });
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: Number.MAX_SAFE_INTEGER,
    });
    if (stdout === '') throw new Error(`osls did not tell its schema: ${stderr}`);
    return JSON.parse(stdout);
  } finally {
    remove();
  }
}
