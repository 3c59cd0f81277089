import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runtimeWarnings } from '../../src/commands/dev/runtime.ts';
import { endpoints } from '../../src/commands/endpoints/endpoints.ts';
import { removeEndpoint } from '../../src/commands/remove-function.ts';
import { UserError } from '../../src/errors.ts';
import type { Service } from '../../src/service/service.ts';
import { addEndpoint } from '../support/commands.ts';
import { scripted } from '../support/context.ts';
import { makeService, root, runDoctor } from '../support/doctor.ts';
import { readTree } from '../support/folders.ts';

/** As services of 2021 have it, in one file. */
const main = (library: string) => `import '${library}';

void main() async {
  final Handler<AwsApiGatewayEvent> hello = (context, event) async {
    return AwsApiGatewayResponse.fromJson({'message': 'hello'});
  };

  Runtime()
    ..registerHandler<AwsApiGatewayEvent>("main.hello", hello)
    ..registerHandler<AwsApiGatewayEvent>("main.postRequest", hello)
    ..invoke();
}
`;

describe.each(['aws_lambda_dart_runtime', 'aws_lambda_dart_runtime_ns', 'my_lambda_runtime'])(
  'a service on package:%s',
  (name) => {
    const message = `lib/main.dart:1: the Runtime is that of package:${name}, not that of lib/runtime/.`;
    beforeEach(async () => {
      await makeService();
      writeFileSync(join(root, 'lib/main.dart'), main(`package:${name}/${name}.dart`));
    });

    it('is refused by add-endpoint before anything is asked, advised or written', async () => {
      const before = readTree(root);
      const { context, notes, questions } = scripted({ cwd: root, answers: {} });
      const error = await addEndpoint(context, undefined, {}).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(UserError);
      expect(error.message).toContain(`${message} What this command writes does not compile`);
      expect(error.hint).toContain('docs/migrating.md');
      expect([notes, questions]).toEqual([[], []]);
      expect(readTree(root)).toEqual(before);
    });

    it('is edited by remove-endpoint, with a warning', async () => {
      const { context, notes } = scripted({ cwd: root });
      await removeEndpoint(context, 'postRequest', {});
      expect(notes[0]).toContain(`warning: ${message}`);
      expect(readFileSync(join(root, 'lib/main.dart'), 'utf8')).not.toContain('postRequest');
    });

    it('is listed by endpoints, with a note', async () => {
      const { context, results } = scripted({ cwd: root });
      await endpoints(context, { json: true });
      const { problems, notes } = JSON.parse(results.join('\n'));
      expect(problems).toEqual([]);
      expect(notes).toMatchObject([{ file: 'lib/main.dart', line: 1 }]);
      expect(notes[0].message).toContain('docs/migrating.md');
    });

    it('is warned about by doctor and dev', async () => {
      const { output } = await runDoctor();
      expect(output).toContain(message);
      expect(output).toMatch(/^warn Service/m);
      const service = { functions: [{ handler: 'main.hello' }] } as unknown as Service;
      expect(await runtimeWarnings(root, service)).toEqual([expect.stringContaining(message)]);
    });
  },
);

it.each([
  ['its own runtime', 'runtime/runtime.dart'],
  ['its own runtime by the name of the package', 'package:shop/runtime/runtime.dart'],
  ['a package of another kind', 'package:aws_lambda_events/events.dart'],
])('a service with %s is like any other', async (_what, library) => {
  await makeService();
  writeFileSync(join(root, 'lib/main.dart'), main(library));
  const service = { functions: [{ handler: 'main.hello' }] } as unknown as Service;
  expect(await runtimeWarnings(root, service)).toEqual([]);
  const { context, results } = scripted({ cwd: root });
  await endpoints(context, { json: true });
  expect(JSON.parse(results.join('\n'))).toMatchObject({ problems: [], notes: [] });
});
