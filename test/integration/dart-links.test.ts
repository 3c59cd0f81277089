import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { removeEndpoint } from '../../src/commands/remove-function.ts';
import { addEndpoint } from '../support/commands.ts';
import { scripted } from '../support/context.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { writeService } from '../support/service.ts';

describe('remove-endpoint, looking for what imports the files of the endpoint', () => {
  it.each([
    ['to the service itself', ['.', 'lib/loop']],
    ['to each other', ['lib/b', 'lib/a/to_b', 'lib/a', 'lib/b/to_a']],
    ['to the folder above', ['lib', 'lib/a/up', 'lib', 'lib/b/up']],
  ])('ends where links lead in circles: %s', async (_, links) => {
    const cwd = writeService(temporaryFolder());
    writeTree(cwd, { 'lib/a/a.dart': '', 'lib/b/b.dart': '' });
    for (let index = 0; index < links.length; index += 2) {
      symlinkSync(join(cwd, links[index] ?? ''), join(cwd, links[index + 1] ?? ''));
    }
    await addEndpoint(scripted({ cwd }).context, 'getOrder', {});
    await removeEndpoint(scripted({ cwd }).context, 'getOrder', {});
    expect(existsSync(join(cwd, 'lib/handlers/get_order.dart'))).toBe(false);
  });

  it('finds it in folders of any depth, and passes over folders with such a name', async () => {
    const cwd = writeService(temporaryFolder());
    await addEndpoint(scripted({ cwd }).context, 'getOrder', {});
    writeTree(cwd, {
      'lib/a/b/c.dart': "import '../../handlers/get_order.dart';\n",
      'lib/folder.dart/x.txt': '',
    });
    const { context, notes } = scripted({ cwd });
    await removeEndpoint(context, 'getOrder', {});
    expect(notes.join('\n')).toMatch(
      /lib\/handlers\/get_order\.dart was kept: .*lib\/a\/b\/c\.dart/,
    );
    expect(existsSync(join(cwd, 'lib/handlers/get_order.dart'))).toBe(true);
  });
});
