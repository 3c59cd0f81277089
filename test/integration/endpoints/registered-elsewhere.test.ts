import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { create, listed } from '../../support/commands.ts';
import { scripted } from '../../support/context.ts';
import { temporaryFolder, writeTree } from '../../support/folders.ts';

/** The functions of a new service are main.hello and main.postRequest. */
let root: string;
beforeEach(async () => {
  const cwd = temporaryFolder();
  await create(scripted({ cwd }).context, 'shop', { git: false });
  root = join(cwd, 'shop');
});

const IMPORTS = `import 'handlers/hello.dart';
import 'handlers/post_request.dart';
import 'runtime/runtime.dart';
`;
const HANDLERS = `{
  'main.hello': helloApiGateway,
  'main.postRequest': postApiGateway,
}`;

function list(files: Record<string, string>) {
  writeTree(join(root, 'lib'), files);
  return listed(root);
}

describe('handlers that are registered', () => {
  it.each([
    [
      'by a map and a loop',
      `void main() {
  final runtime = Runtime();
  for (final MapEntry(:key, :value) in ${HANDLERS}.entries) {
    runtime.registerHandler<AwsApiGatewayEvent>(key, value);
  }
  runtime.invoke();
}`,
    ],
    [
      'by a map and a tear-off',
      `final handlers = <String, Handler<AwsApiGatewayEvent>>${HANDLERS};
void main() {
  final runtime = Runtime();
  handlers.forEach(runtime.registerHandler);
  runtime.invoke();
}`,
    ],
    [
      'by a helper function',
      `final runtime = Runtime();
void add(String name, Handler<AwsApiGatewayEvent> handler) =>
    runtime.registerHandler<AwsApiGatewayEvent>(name, handler);
void main() {
  add('main.hello', helloApiGateway);
  add('main.postRequest', postApiGateway);
  runtime.invoke();
}`,
    ],
    [
      'by the method of a class and constants',
      `const hello = 'main.hello';
class Names {
  static const post = 'main.postRequest';
}
class Shop {
  void serve() => Runtime()
    ..registerHandler<AwsApiGatewayEvent>(hello, helloApiGateway)
    ..registerHandler<AwsApiGatewayEvent>(Names.post, postApiGateway)
    ..invoke();
}
void main() => Shop().serve();`,
    ],
  ])('%s are listed where they are declared', async (_how, code) => {
    const {
      endpoints: found,
      problems,
      notes,
      failed,
    } = await list({
      'main.dart': `${IMPORTS}\n${code}\n`,
    });
    expect({ problems, notes, failed }).toEqual({ problems: [], notes: [], failed: false });
    expect(found).toMatchObject([
      { handler: 'main.hello', file: 'lib/handlers/hello.dart', line: expect.any(Number) },
      { handler: 'main.postRequest', file: 'lib/handlers/post_request.dart' },
    ]);
  });

  it('in another file of the package, however it is reached, are listed', async () => {
    const {
      endpoints: found,
      problems,
      notes,
      failed,
    } = await list({
      'main.dart': `import 'app.dart';\n\nvoid main() => serve();\n`,
      'app.dart': `import 'package:shop/routes.dart';\nimport 'runtime/runtime.dart';
void serve() {
  final runtime = Runtime();
  register(runtime);
  runtime.invoke();
}
`,
      'routes.dart': `${IMPORTS}
void register(Runtime runtime) => runtime
  ..registerHandler<AwsApiGatewayEvent>('main.hello', helloApiGateway)
  ..registerHandler<AwsApiGatewayEvent>('main.postRequest', postApiGateway);
`,
    });
    expect({ problems, notes, failed }).toEqual({ problems: [], notes: [], failed: false });
    expect(found).toMatchObject([
      { file: 'lib/routes.dart', line: 6 },
      { file: 'lib/routes.dart', line: 7 },
    ]);
  });

  it.each([
    [
      'under names that are put together',
      `${IMPORTS}
void main() {
  final runtime = Runtime();
  for (final name in ['hello', 'postRequest']) {
    runtime.registerHandler<AwsApiGatewayEvent>('main.$name', helloApiGateway);
  }
  runtime.invoke();
}
`,
      8,
    ],
    [
      'by another package',
      `import 'package:orders/orders.dart';\n\nvoid main() => serveOrders();\n`,
      undefined,
    ],
  ])('%s are said to be unknown, which is no failure', async (_how, main, line) => {
    const { endpoints: found, problems, notes, failed } = await list({ 'main.dart': main });
    expect({ problems, failed }).toEqual({ problems: [], failed: false });
    expect(notes).toMatchObject([{ file: 'lib/main.dart' }]);
    expect(notes[0].line).toBe(line);
    expect(notes[0].message).toMatch(/ may (be|register) main\.hello, main\.postRequest\.$/);
    expect(found).toHaveLength(2);
  });

  it.each([
    ['a function of another package', 'setUp(runtime);', 'setUp'],
    ['one with a prefix and a name', 'orders.setUp(runtime: runtime);', 'setUp'],
    ['a method that another package adds', 'runtime.addOrders();', 'addOrders'],
    ['a cascade that another package adds', 'runtime..addOrders()..onInit(() {});', 'addOrders'],
    ['a function of a file which gives it to another package', 'extend(runtime);', 'setUp'],
  ])('by %s, beside those of main.dart, are said to be unknown', async (_how, code, name) => {
    const { problems, notes, failed } = await list({
      'more.dart':
        "import 'package:orders/orders.dart';\nimport 'runtime/runtime.dart';\nvoid extend(Runtime it) => setUp(it);\n",
      'main.dart': `import 'package:orders/orders.dart' as orders;
import 'more.dart';
${IMPORTS}
void main() {
  final runtime = Runtime()
    ..registerHandler<AwsApiGatewayEvent>('main.hello', helloApiGateway);
  ${code}
  runtime.invoke();
}
`,
    });
    expect({ problems, failed }).toEqual({ problems: [], failed: false });
    expect(notes).toEqual([
      {
        file: code.startsWith('extend') ? 'lib/more.dart' : 'lib/main.dart',
        line: code.startsWith('extend') ? 3 : 10,
        message: `${name} receives the Runtime, is not read here, and may register main.postRequest.`,
      },
    ]);
  });

  it('are missing where the Runtime is only given to what the package itself declares', async () => {
    const { problems, failed } = await list({
      'main.dart': `import 'package:orders/orders.dart';
${IMPORTS}
void extend(Runtime it) => it.onInit(prepareOrders);
void main() {
  final runtime = Runtime()
    ..registerHandler<AwsApiGatewayEvent>('main.hello', helloApiGateway);
  extend(runtime);
  runtime.invoke();
}
`,
    });
    expect(failed).toBe(true);
    expect(problems).toMatchObject([{ message: expect.stringContaining('does not register') }]);
  });

  it('all under known names tell that one is missing, which is a failure', async () => {
    const { problems, notes, failed } = await list({
      'main.dart': `${IMPORTS}
void main() {
  Runtime()
    ..registerHandler<AwsApiGatewayEvent>('main.hello', helloApiGateway)
    ..invoke();
}
`,
    });
    expect({ notes, failed }).toEqual({ notes: [], failed: true });
    expect(problems).toMatchObject([{ message: expect.stringContaining('does not register') }]);
  });
});
