import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addEndpoint, createService, startLocalLambda } from '../../src/api.ts';
import type { CreateServiceOptions } from '../../src/api-types.ts';
import { UsageError } from '../../src/errors.ts';
import { addEndpoint as addByCommand, create as createByCommand } from '../support/commands.ts';
import { scripted } from '../support/context.ts';
import { failure } from '../support/failure.ts';
import { readTree, temporaryFolder, writeTree } from '../support/folders.ts';
import { newService, writeService } from '../support/service.ts';

/*
 * What the package exports does what the commands do, and says what they say. The package as it is
 * installed is in test/e2e/api.test.ts.
 */

describe('createService', () => {
  it.each<[Omit<CreateServiceOptions, 'directory'>, string, string]>([
    [{ memory: 64 }, '--memory: "64" is not a whole number from 128 to 10240 (MB).', '128'],
    [{ timeout: 1.5 }, '--timeout: "1.5" is not a whole number from 1 to 900 (seconds).', '2'],
    [{ api: 'soap' as never }, '--api: "soap" is not one of rest, http.', 'rest'],
    [{ region: 'here' }, '--region: "here" is not an AWS region.', 'eu-central-1'],
  ])('refuses %j as the command line does', async (options, message, instead) => {
    const directory = join(temporaryFolder(), 'shop');
    const error = await failure(createService({ directory, ...options }));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe(message);
    expect(error.hint).toBe(`${message.split(':')[0]} ${instead}`);
    const [[name = '', value] = []] = Object.entries(options);
    const given = { [name]: String(value), yes: true };
    const byCommand = await failure(
      createByCommand(scripted({ cwd: temporaryFolder() }).context, 'shop', given),
    );
    expect([byCommand.message, byCommand.hint]).toEqual([error.message, error.hint]);
    expect(existsSync(directory)).toBe(false);
  });

  it('writes what create --yes writes', async () => {
    const [folder, other] = [temporaryFolder(), temporaryFolder()];
    const options = { region: 'eu-west-1', architecture: 'x86_64', memory: 256 } as const;
    const directory = join(folder, 'shop');
    expect(await createService({ directory, ...options })).toEqual({
      ...{ name: 'shop', directory, warnings: [] },
    });
    const given = { region: 'eu-west-1', arch: 'x86_64', memory: '256', yes: true, git: false };
    const env = { npm_config_user_agent: process.env.npm_config_user_agent ?? '' };
    await createByCommand(scripted({ cwd: other, env }).context, 'shop', given);
    expect(readTree(folder)).toEqual(readTree(other));
  });
});

describe('addEndpoint', () => {
  it('returns what add-endpoint --json prints', async () => {
    const directory = writeService(temporaryFolder());
    const options = { method: 'POST', path: '/orders/{id:int}', request: 'count:int' };
    const { context, results } = scripted({ cwd: directory });
    await addByCommand(context, 'getOrder', { ...options, dryRun: true, json: true });
    const added = await addEndpoint({ directory, name: 'getOrder', ...options, dryRun: true });
    const { warnings, ...document } = added;
    expect(document).toEqual(JSON.parse(results.join('\n')));
    expect(warnings).toEqual([]);
    expect(readTree(directory)).toEqual(newService());
  });

  it('returns what osls would refuse of the service as a warning', async () => {
    const directory = writeService(temporaryFolder());
    const { 'serverless.yml': text = '' } = readTree(directory);
    writeTree(directory, { 'serverless.yml': text.replace(/memorySize: .*/, 'memorySize: 64') });
    const { warnings } = await addEndpoint({ directory, name: 'getOrder' });
    expect(warnings.join('\n')).toContain('osls refuses memorySize 64');
  });

  it('leaves to the user what it cannot edit, only with partial', async () => {
    const directory = writeService(temporaryFolder());
    const main = join(directory, 'lib/main.dart');
    writeTree(directory, { 'lib/main.dart': 'void main() {}\n' });
    const before = readTree(directory);
    await expect(addEndpoint({ directory, name: 'getOrder' })).rejects.toThrow('lib/main.dart');
    expect(readTree(directory)).toEqual(before);
    const { left } = await addEndpoint({ directory, name: 'getOrder', partial: true });
    expect(left.map(({ path }) => path)).toEqual(['lib/main.dart']);
    expect(left[0]?.text).toContain('getOrder');
    expect(readFileSync(main, 'utf8')).toBe('void main() {}\n');
    expect(existsSync(join(directory, 'lib/handlers/get_order.dart'))).toBe(true);
  });

  it('refuses a method as the command line does', async () => {
    const directory = writeService(temporaryFolder());
    const error = await failure(addEndpoint({ directory, name: 'getOrder', method: 'GOT' }));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toContain('--method: "GOT" is not one of GET, POST');
    expect(error.hint).toBe('--method GET');
  });
});

describe('startLocalLambda', () => {
  it.each([
    [{ port: 70_000 }, '--port: "70000" is not a port, 0 to 65535.'],
    [{ concurrency: 0 }, '--concurrency: "0" is not a whole number from 1 to 1000.'],
    [{ stage: 'a b' }, '--stage: "a b" is not the name of a stage'],
    [{ params: ['x'] }, '--param: "x" is not name=value.'],
  ])('refuses %j as the command line does', async (options, message) => {
    const directory = writeService(temporaryFolder());
    const error = await failure(startLocalLambda({ directory, ...options }));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toContain(message);
  });
});
