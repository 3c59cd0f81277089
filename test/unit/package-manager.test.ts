import { describe, expect, it } from 'vitest';
import { planCreateService } from '../../src/plan/create-service.ts';
import { startedAs, startedBy } from '../../src/service/package-manager.ts';
import { loadTemplate } from '../../src/templates.ts';
import { installCommand } from '../../src/tools/package-manager.ts';
import { VERSION, versionRange } from '../../src/version.ts';

const NPX_AGENT = 'npm/10.8.2 node/v20.19.0 linux x64 workspaces/false';
const PNPM_AGENT = 'pnpm/9.1.0 npm/? node/v20.19.0 linux x64';
const YARN_1_AGENT = 'yarn/1.22.22 npm/? node/v20.19.0 linux x64';
const YARN_4_AGENT = 'yarn/4.5.0 npm/? node/v20.19.0 linux x64';
const BUN_AGENT = 'bun/1.1.30 npm/? node/v22.6.0 linux x64';

describe('the package manager', () => {
  it.each([
    [undefined, 'npm install', 'npx', 'npx'],
    ['', 'npm install', 'npx', 'npx'],
    ['something/1.0', 'npm install', 'npx', 'npx'],
    [NPX_AGENT, 'npm install', 'npx', 'npx'],
    [PNPM_AGENT, 'pnpm install', 'pnpm exec', 'pnpm dlx'],
    [YARN_1_AGENT, 'yarn install', 'yarn', 'npx'],
    [YARN_4_AGENT, 'yarn install', 'yarn', 'yarn dlx'],
    [BUN_AGENT, 'bun install', 'bunx', 'bunx'],
  ])('that calls itself %s installs with %s', (agent, install, exec, dlx) => {
    expect(startedBy(agent)).toMatchObject({ install, exec, dlx });
  });

  it.each([
    [NPX_AGENT, ['install', '--no-audit', '--no-fund']],
    [PNPM_AGENT, ['install']],
    [YARN_4_AGENT, ['install']],
  ])('%s installs with the arguments %j', (agent, args) => {
    const manager = startedBy(agent);
    expect(installCommand(manager, '/x')).toEqual({ tool: manager.name, args, cwd: '/x' });
  });
});

describe('the command of a program', () => {
  const program = 'create-lambda-hello';
  it.each([
    ['/home/u/.npm/_npx/0a1b/node_modules/create-lambda-hello/dist/main.js', 'npx '],
    ['C:\\Users\\u\\AppData\\npm-cache\\_npx\\0a1b\\node_modules\\x\\dist\\main.js', 'npx '],
    ['/home/u/.cache/pnpm/dlx/4f/pkg/node_modules/x/dist/main.js', 'pnpm dlx '],
    ['/tmp/xfs-1a2b3c4d/dlx-4242/node_modules/x/dist/main.js', 'yarn dlx '],
    ['/tmp/bunx-1000-create-lambda-hello@latest/node_modules/x/dist/main.js', 'bunx '],
    ['/usr/local/lib/node_modules/create-lambda-hello/dist/main.js', ''],
  ])('at %s starts it as it was started: %j', (file, prefix) => {
    expect(startedAs(program, file)).toBe(`${prefix}${program}`);
  });
});

const template = await loadTemplate('service');
const tool = `create-lambda-hello@${versionRange(VERSION)}`;

describe('a new service names its package manager', () => {
  const filesFor = (agent: string): Record<string, string> =>
    Object.fromEntries(
      planCreateService(
        {
          name: 'shop',
          api: 'rest',
          architecture: 'arm64',
          region: 'eu-west-1',
          memory: 128,
          timeout: 10,
          packageManager: startedBy(agent),
        },
        template,
      ).map(({ path, content }) => [path, content]),
    );

  it.each([
    [NPX_AGENT, '\tnpx serverless deploy', `\tnpx ${tool} dev`, '\tnpm install\n'],
    [PNPM_AGENT, '\tpnpm exec serverless deploy', `\tpnpm dlx ${tool} dev`, '\tpnpm install\n'],
    [YARN_4_AGENT, '\tyarn serverless deploy', `\tyarn dlx ${tool} dev`, '\tyarn install\n'],
    [BUN_AGENT, '\tbunx serverless deploy', `\tbunx ${tool} dev`, '\tbun install\n'],
  ])('in its Makefile for %s', (agent, ...lines) => {
    const { Makefile } = filesFor(agent);
    for (const line of lines) expect(Makefile).toContain(line);
  });

  it('in its README', () => {
    const text = filesFor(PNPM_AGENT)['README.md'];
    expect(text).toContain(`pnpm dlx ${tool} add-endpoint`);
    expect(text).not.toMatch(/(?<!p)npm install|\bnpx\b/);
  });

  it('in its .yarnrc.yml for Yarn 4, which gives osls the node_modules that it needs', () => {
    expect(filesFor(YARN_4_AGENT)['.yarnrc.yml']).toContain('nodeLinker: node-modules\n');
    expect(filesFor(YARN_1_AGENT)['.yarnrc.yml']).toBeUndefined();
  });
});
