import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addEndpoint, makeClient } from '../../../src/api.ts';
import { client } from '../../../src/commands/client/client.ts';
import { removeEndpoint } from '../../../src/commands/remove-function.ts';
import { loadDartParser } from '../../../src/dart/main/parser.ts';
import { UserError } from '../../../src/errors.ts';
import { scripted } from '../../support/context.ts';
import { endpointInput } from '../../support/endpoint-inputs.ts';
import { failure } from '../../support/failure.ts';
import { readTree, temporaryFolder, writeTree } from '../../support/folders.ts';
import { writeService } from '../../support/service.ts';
import { requireDartFormat } from '../../toolchain/dart-format.mjs';

const format = await requireDartFormat();
const FILE = 'lib/client.dart';

async function withClient(): Promise<string> {
  const directory = writeService(temporaryFolder());
  await makeClient({ directory });
  return directory;
}

const order = { name: 'getOrder', path: '/orders/{id:int}', response: 'id:int,at:date' };

describe('client', () => {
  it('writes a client and adds http to pubspec.yaml', async () => {
    const directory = await withClient();
    const { [FILE]: text, 'pubspec.yaml': pubspec } = readTree(directory);
    expect(pubspec).toContain('\ndependencies:\n  http: ^1.5.0\n\ndev_dependencies:\n');
    expect(text).not.toContain('dart:io');
    expect((await makeClient({ directory })).changes).toEqual([]);
  });

  it('is kept up to date by add-endpoint, and undone to the byte by remove-endpoint', async () => {
    const directory = await withClient();
    const before = readTree(directory);
    const { changes } = await addEndpoint({ directory, ...order });
    expect(changes).toContainEqual({ kind: 'update', path: FILE });
    expect(readTree(directory)[FILE]).toContain(`  /// \`GET /orders/{id}\`
  Future<GetOrderResponse> getOrder(int id) => _call(
    'GET',
    '/orders/{id}',
    path: {'id': id},
    decode: asObject(GetOrderResponse.fromJson),
  );
`);
    await client(scripted({ cwd: directory }).context, { check: true });
    await removeEndpoint(scripted({ cwd: directory }).context, 'getOrder', {});
    expect(readTree(directory)).toEqual(before);
  });

  it('stays as it was edited, which is told', async () => {
    const directory = await withClient();
    const edited = `${readTree(directory)[FILE]}// mine\n`;
    writeTree(directory, { [FILE]: edited });
    const { warnings } = await addEndpoint({ directory, ...order });
    expect(warnings).toEqual(['lib/client.dart was kept: it was edited since']);
    expect(readTree(directory)[FILE]).toBe(edited);
    const error = await failure(makeClient({ directory }));
    expect(error.message).toContain(
      'a file is in the way. Nothing was written:\n  lib/client.dart',
    );
  });

  it('fails with --check, and prints the diff, where it is not what the service says', async () => {
    const directory = await withClient();
    const text = readTree(directory)[FILE] ?? '';
    writeTree(directory, { [FILE]: text.replace("'/hello'", "'/hallo'") });
    const { context, results } = scripted({ cwd: directory });
    const error = await failure(client(context, { check: true }));
    expect(error.message).toBe('the client is not what the service says; the diff is above.');
    expect(results.join('\n')).toContain(
      "-  Future<Object?> hello() => _call('GET', '/hallo');\n+  Future<Object?> hello() => _call('GET', '/hello');",
    );
  });

  it('writes a package of its own, and overwrites nothing that is not its own', async () => {
    const directory = writeService(temporaryFolder());
    await addEndpoint({ directory, ...order });
    const out = join(temporaryFolder(), 'app_client');
    await makeClient({ directory, out });
    const [name] = Object.keys(readTree(out)).filter((path) => /^lib\/\w+\.dart$/.test(path));
    expect(Object.keys(readTree(out)).sort()).toEqual(
      [
        '.create-lambda-hello-client.json',
        'README.md',
        'lib/models/get_order_response.dart',
        'lib/models/post_request_model.dart',
        'lib/models/response_model.dart',
        name,
        'lib/runtime/json_fields.dart',
        'lib/runtime/json_model.dart',
        'lib/runtime/json_texts.dart',
        'pubspec.yaml',
      ].sort(),
    );
    await removeEndpoint(scripted({ cwd: directory }).context, 'getOrder', {});
    await makeClient({ directory, out });
    expect(readTree(out)).not.toHaveProperty('lib/models/get_order_response.dart');
    rmSync(join(out, '.create-lambda-hello-client.json'));
    writeTree(out, { 'README.md': 'mine\n' });
    const error = await failure(makeClient({ directory, out }));
    expect(error.message).toContain('README.md');
  });

  it.skipIf(format === null)('is Dart as dart format writes it, for random endpoints', async () => {
    const directory = await withClient();
    const clients: Record<string, string> = {};
    const inputs = fc.sample(endpointInput, { numRuns: 120, seed: 20261128 });
    for (const [index, { name, ...options }] of inputs.entries()) {
      try {
        await addEndpoint({ directory, name, ...options });
      } catch (error) {
        if (error instanceof UserError) continue;
        throw error;
      }
      if (index % 10 === 0) clients[`${index}.dart`] = readTree(directory)[FILE] ?? '';
    }
    clients['last.dart'] = readTree(directory)[FILE] ?? '';
    const parser = await loadDartParser();
    for (const text of Object.values(clients)) {
      expect(parser.read(text, (root) => root.hasError)).toBe(false);
    }
    expect(format?.(clients)).toEqual(clients);
  });
});
