// Services of any size, as if endpoints had been added one by one.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @param {number} index */
export const nameOf = (index) => `endpoint${index}`;

/**
 * Adds GET endpoints with a model each, at `/endpoint0` and so on.
 *
 * @param {string} service its folder
 * @param {number} count
 */
export function addEndpoints(service, count) {
  const names = Array.from({ length: count }, (_, index) => nameOf(index));
  for (const name of names) {
    write(service, `lib/models/${name}_model.dart`, model(name));
    write(service, `lib/handlers/${name}.dart`, handler(name));
  }
  edit(service, 'lib/main.dart', (text) => {
    const imports = names.map((name) => `import 'handlers/${name}.dart';\n`).join('');
    const calls = names.map(
      (name) => `    ..registerHandler<AwsApiGatewayEvent>('main.${name}', ${name}ApiGateway)\n`,
    );
    const at = text.indexOf('    ..registerHandler');
    if (at === -1) throw new Error('lib/main.dart registers no handler where one is expected');
    return imports + text.slice(0, at) + calls.join('') + text.slice(at);
  });
  edit(service, 'serverless.yml', (text) => {
    const functions = names.map(
      (name) =>
        `\n  ${name}:\n    handler: main.${name}\n    events:\n      - http:\n          method: GET\n          path: /${name}\n`,
    );
    return text + functions.join('');
  });
}

/**
 * Adds a package by its path that the handlers of `hello` use, with so many classes.
 *
 * @param {string} service its folder
 * @param {number} classes
 */
export function addLargeDependency(service, classes) {
  const names = Array.from({ length: classes }, (_, index) => `Large${index}`);
  write(service, 'large/pubspec.yaml', 'name: large\nenvironment:\n  sdk: ^3.0.0\n');
  write(
    service,
    'large/lib/large.dart',
    names
      .map(
        (name, index) => `class ${name} {
  const ${name}(this.id, this.name);

  final int id;
  final String name;

  Map<String, Object?> toJson() => {'id': id + ${index}, 'name': name};
}
`,
      )
      .join('\n'),
  );
  edit(service, 'pubspec.yaml', (text) =>
    text.replace(
      'dev_dependencies:',
      'dependencies:\n  large:\n    path: large\n\ndev_dependencies:',
    ),
  );
  edit(
    service,
    'lib/handlers/hello.dart',
    (text) =>
      `import 'package:large/large.dart';\n${text}\nconst large = ${names.at(-1)}(1, 'large');\n`,
  );
}

/** @param {string} name */
const className = (name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** @param {string} name */
const model = (name) => `class ${className(name)} {
  const ${className(name)}({required this.id, required this.name, this.tags = const []});

  final int id;
  final String name;
  final List<String> tags;

  Map<String, Object?> toJson() => {'id': id, 'name': name, 'tags': tags};
}
`;

/** @param {string} name */
const handler = (name) => `import '../models/${name}_model.dart';
import '../runtime/runtime.dart';

Future<AwsApiGatewayResponse> ${name}ApiGateway(
  Context context,
  AwsApiGatewayEvent event,
) async {
  return AwsApiGatewayResponse.json(
    const ${className(name)}(id: 7, name: 'Hello from ${name}').toJson(),
  );
}
`;

/** @param {string} service @param {string} path @param {string} text */
function write(service, path, text) {
  const file = join(service, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** @param {string} service @param {string} path @param {(text: string) => string} change */
function edit(service, path, change) {
  const file = join(service, path);
  const text = readFileSync(file, 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error(`${path} has not changed`);
  writeFileSync(file, changed);
}
