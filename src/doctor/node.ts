import { join } from 'node:path';
import { NPM } from '../service/package-manager.ts';
import { compareVersions } from '../tools/dart/find.ts';
import { findOsls, wantedOsls } from '../tools/osls.ts';
import { readPackageJson } from '../tools/package-json.ts';
import { packageManagerOf } from '../tools/package-manager.ts';
import { capture, npmListOsls, npmVersion } from '../tools/probes.ts';
import { isRecord, recordOf, tryParseJson } from '../util/json.ts';
import type { Check, CheckContext } from './check.ts';
import * as messages from './messages.ts';

/** The first version of Node.js that this CLI supports. */
const NODE_SINCE = '20.19.0';

export const nodeCheck: Check = {
  id: 'node',
  title: 'Node.js',
  async run({ machine: { nodeVersion } }) {
    const since = (version: string) => compareVersions(nodeVersion, version) >= 0;
    if (!since(NODE_SINCE)) {
      return {
        status: 'fail',
        detail: messages.nodeTooOld({ version: nodeVersion }),
        fix: `install Node.js ${NODE_SINCE.replace(/\.0$/, '')} or newer from https://nodejs.org`,
      };
    }
    // osls: "^20.19.0 || ^22.13.0 || >=24"
    if (since('24.0.0') || !since('21.0.0') || (since('22.13.0') && !since('23.0.0'))) {
      return { status: 'ok', detail: nodeVersion };
    }
    return {
      status: 'warn',
      detail: messages.nodeNotForOsls({ version: nodeVersion }),
      fix: 'install the LTS version from https://nodejs.org',
    };
  },
};

export const npmCheck: Check = {
  id: 'npm',
  title: 'npm',
  fixWhenSlow: 'npm --version  by hand',
  async run({ cwd, run, signal }) {
    const { code, startError, stdout } = await capture(run, npmVersion(cwd), signal);
    if (code === 0) return { status: 'ok', detail: stdout.trim() };
    return {
      status: 'fail',
      detail:
        startError === 'ENOENT'
          ? messages.npmNotOnPath()
          : messages.npmBroken({ reason: startError ?? `exit code ${code}` }),
      fix: 'install Node.js from https://nodejs.org, npm is part of it',
    };
  },
};

export const oslsCheck: Check = {
  id: 'osls',
  title: 'osls',
  fixWhenSlow: 'npm ls osls  by hand',
  async run(context) {
    const { service } = context;
    if (service.kind === 'none') {
      return { status: 'warn', detail: messages.oslsOfNoService() };
    }
    const { root } = service;
    const manager = await packageManagerOf(root, context.env);
    const manifest = await readPackageJson(join(root, 'package.json'));
    const wanted = wantedOsls(manifest);
    if (wanted === undefined) {
      const detail = messages.oslsNotListed({ path: join(root, 'package.json') });
      return { status: 'fail', detail, fix: `${manager.add} osls@4` };
    }
    const found = findOsls(root);
    if (found === undefined) {
      return { status: 'ok', detail: 'not installed yet: the first build or deploy does it' };
    }
    const installed = (await readPackageJson(found))?.version;
    if (installed === wanted) return { status: 'ok', detail: `${installed}, as package.json says` };
    const versions = { version: String(installed), wantedVersion: wanted };
    const detail = messages.otherOsls(versions);
    if (manager !== NPM) return { status: 'warn', detail, fix: manager.install };
    const agreed = await agreesWithNpm(context, root);
    if (agreed === undefined) {
      return { status: 'warn', detail: messages.perhapsOtherOsls(versions), fix: 'npm ls osls' };
    }
    if (!agreed) return { status: 'fail', detail, fix: NPM.install };
    return { status: 'ok', detail: `${installed}, as package.json says (${wanted})` };
  },
};

/** Tells whether package.json allows the installed osls; undefined where npm cannot tell. */
async function agreesWithNpm(
  { run, signal }: CheckContext,
  root: string,
): Promise<boolean | undefined> {
  const { stdout } = await capture(run, npmListOsls(root), signal);
  const listed = oslsListed(stdout);
  return listed && !('invalid' in listed);
}

/** Reads the entry of osls in the output of `npm ls --json`, which is empty if npm is broken. */
function oslsListed(json: string): Record<string, unknown> | undefined {
  const { osls } = recordOf(recordOf(tryParseJson(json)).dependencies);
  return isRecord(osls) && 'version' in osls ? osls : undefined;
}
