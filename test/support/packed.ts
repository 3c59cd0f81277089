import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { requireDart } from '../toolchain/fetch-dart-vm.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The installed command, `node_modules/.bin/create-lambda-hello` of an otherwise empty folder. */
    cli: string;
    /** The files of the package, as `npm pack` lists them. */
    packedFiles: string[];
    /** The folder of `dart` to put on PATH; empty where there is none and its tests are skipped. */
    dartBin: string;
  }
}

/** Packs the project as it would be published, installs it into an empty folder, and finds Dart. */
export default async function setup(project: TestProject): Promise<() => void> {
  const dart = await requireDart();
  project.provide('dartBin', dart?.binDir ?? '');
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'create-lambda-hello-packed-'));
  const npm = (cwd: string, ...args: string[]): string =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  // --ignore-scripts: `npm test` has built it; building again would pull it from under other tests.
  const packed = JSON.parse(
    npm(root, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder),
  );
  // npm 10 prints a list, npm 12 a map by package name.
  const [report] = Object.values<{ filename: string; files: { path: string }[] }>(packed);
  if (report === undefined) throw new Error('npm pack printed no report');
  npm(folder, 'install', '--no-audit', '--no-fund', '--offline', join(folder, report.filename));
  project.provide('cli', join(folder, 'node_modules', '.bin', 'create-lambda-hello'));
  project.provide(
    'packedFiles',
    report.files.map(({ path }) => path),
  );
  return () => rmSync(folder, { recursive: true, force: true });
}
