import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  addRegistration,
  registrationBlock,
  removeRegistration,
} from '../../src/dart/main/edit.ts';
import { loadDartParser } from '../../src/dart/main/parser.ts';
import { readMainFile } from '../../src/dart/main/read.ts';

const parser = await loadDartParser();
const fixtures = fileURLToPath(new URL('../fixtures/main-dart/', import.meta.url));
const edited = readdirSync(fixtures).flatMap((name) =>
  existsSync(join(fixtures, name, 'output.dart'))
    ? [{ name, input: readFileSync(join(fixtures, name, 'input.dart'), 'utf8') }]
    : [],
);

const SQS = 'runtime/events/sqs.dart';
const onOrder = {
  ...{ name: 'main.onOrder', handler: 'onOrder', library: 'handlers/on_order.dart' },
  ...{ package: 'shop', event: { className: 'AwsSqsEvent', library: SQS } },
};
const removalOfOrder = {
  ...{ name: 'main.onOrder', package: 'shop' },
  declaring: [
    { path: 'lib/handlers/on_order.dart', names: ['onOrder'] },
    { path: `lib/${SQS}`, names: ['AwsSqsEvent', 'AwsSqsRecord'] },
  ],
};

const main = `import 'handlers/hello.dart';
import 'runtime/runtime.dart';

void main() {
  Runtime().registerHandler<AwsApiGatewayEvent>('main.hello', helloApiGateway);
}
`;

describe('the event of another source in main.dart', () => {
  it.each(edited)('$name: is registered with the function, and undone to the byte', ({ input }) => {
    const output = addRegistration(parser, input, onOrder);
    const read = readMainFile(parser, output);
    expect(read.hasError).toBe(false);
    expect(read.registrations.find(({ name }) => name === 'main.onOrder')).toMatchObject({
      handler: 'onOrder',
      eventType: 'AwsSqsEvent',
    });
    expect(output).toMatch(/onOrder,\s+event: AwsSqsEvent\.fromJson/);
    const imported = read.imports.map(({ uri }) => uri.replace('package:shop/', ''));
    expect(imported).toEqual(expect.arrayContaining(['handlers/on_order.dart', SQS]));
    expect(removeRegistration(parser, output, read, removalOfOrder)).toBe(input);
  });

  it('is the one that is imported under a prefix', () => {
    const text = main.replace("import 'runtime", `import '${SQS}' as sqs;\nimport 'runtime`);
    const output = addRegistration(parser, text, onOrder);
    expect(output).toContain('<sqs.AwsSqsEvent>');
    expect(output).toContain('event: sqs.AwsSqsEvent.fromJson');
    expect(output.match(/sqs\.dart/g)).toHaveLength(1);
  });

  it('needs no import beside that of the runtime which has the names of the old package', () => {
    const old = main.replace('runtime/runtime.dart', 'runtime/aws_lambda_dart_runtime.dart');
    const output = addRegistration(parser, old, onOrder);
    expect(output).toContain('event: AwsSqsEvent.fromJson');
    expect(output).not.toContain(SQS);
    const named = old.replace(/(?<=time\.dart');/, ' as aws;');
    expect(addRegistration(parser, named, onOrder)).toContain('event: aws.AwsSqsEvent.fromJson');
  });

  it('is refused where its import does not show it', () => {
    const text = main.replace("import 'run", `import '${SQS}' show BatchResponse;\nimport 'run`);
    expect(() => addRegistration(parser, text, onOrder)).toThrow(
      'lib/main.dart:2: the import does not show AwsSqsEvent, which the new handler takes.',
    );
  });

  it('stays imported for another function', () => {
    const two = addRegistration(parser, addRegistration(parser, main, onOrder), {
      ...onOrder,
      ...{ name: 'main.onBill', handler: 'onBill', library: 'handlers/on_bill.dart' },
    });
    expect(two.match(/sqs\.dart/g)).toHaveLength(1);
    expect(removeRegistration(parser, two, readMainFile(parser, two), removalOfOrder)).toContain(
      SQS,
    );
  });

  it('can be shown as what to paste', () => {
    expect(registrationBlock(onOrder)).toBe(
      [
        "import 'handlers/on_order.dart';",
        "import 'runtime/events/sqs.dart';",
        '',
        '    ..registerHandler<AwsSqsEvent>(',
        "      'main.onOrder',",
        '      onOrder,',
        '      event: AwsSqsEvent.fromJson,',
        '    )',
      ].join('\n'),
    );
  });
});
