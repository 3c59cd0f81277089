import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { dartPackageName, MAX_SERVICE_NAME, serviceNameProblem } from '../../src/service/names.ts';
import { newService } from '../support/service.ts';

describe('serviceNameProblem', () => {
  it.each(['hello', 'Hello', 'my-service', 'a1', 'shop-2', 'x'.repeat(MAX_SERVICE_NAME)])(
    'accepts %s',
    (name) => expect(serviceNameProblem(name)).toBeUndefined(),
  );

  it.each([
    ['', 'it is empty', 'hello'],
    ['1st', 'it must start with a letter', 'st'],
    ['-x', 'it must start with a letter', 'hello'],
    ['my_service', 'it has the character "_"', 'my-service'],
    ['my service', 'it has a space', 'my-service'],
    ['héllo', 'it has the character "é"', 'hello'],
    ['a', 'two characters', 'hello'],
    ['a.b', 'it has the character "."', 'a-b'],
    ['x'.repeat(40), 'leave room for 27', 'x'.repeat(27)],
    ['con', 'Windows', 'con-service'],
    ['日本', 'it must start with a letter', 'hello'],
    ['$(rm -rf)', 'it must start with a letter', 'rm-rf'],
    ['http', 'services use a Dart package', 'http-service'],
    ['Test', 'services use a Dart package', 'Test-service'],
    ['http-parser', 'services use a Dart package', 'http-parser-service'],
    ['JsonAnnotation', 'services use a Dart package', 'JsonAnnotation-service'],
    ['aws-lambda-dart-runtime', 'services use', 'aws-lambda-dart-service'],
    ['webkit-inspection-protocol', 'services use', 'webkit-inspection-service'],
    ['http!', 'it has the character "!"', 'http-service'],
    ['path_', 'it has the character "_"', 'path-service'],
  ])('refuses %j because %s and suggests %s', (name, reason, suggestion) => {
    const problem = serviceNameProblem(name);
    expect(problem?.reason).toContain(reason);
    expect(problem?.suggestion).toBe(suggestion);
  });

  it.each(['http-service', 'path-provider', 'https', 'tests', 'my-http', 'yaml2'])(
    'accepts %s, which is no package that a service depends on',
    (name) => expect(serviceNameProblem(name)).toBeUndefined(),
  );

  it('refuses the packages that a new service depends on', () => {
    const { dependencies, dev_dependencies } = parse(
      newService({ app: 'shelf' })['pubspec.yaml'] ?? '',
    );
    const packages = Object.keys({ ...dependencies, ...dev_dependencies });
    expect(packages).toEqual(expect.arrayContaining(['shelf', 'shelf_router', 'test']));
    for (const name of packages) {
      expect(serviceNameProblem(name.replaceAll('_', '-'))?.suggestion).toMatch(/-service$/);
    }
  });

  it('suggests only names that it accepts', () => {
    const names = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc
        .tuple(fc.constantFrom('http', 'source-map-stack-trace', 'con', 'null'), fc.string())
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(names, (name) => {
        const problem = serviceNameProblem(name);
        if (problem) expect(serviceNameProblem(problem.suggestion)).toBeUndefined();
      }),
    );
  });

  it('leaves room for the role name that osls makes, in the longest region', () => {
    const role = `${'x'.repeat(MAX_SERVICE_NAME)}-production-ap-southeast-2-lambdaRole`;
    expect(role).toHaveLength(64);
  });
});

describe('dartPackageName', () => {
  it.each([
    ['hello', 'hello'],
    ['my-service', 'my_service'],
    ['MyService', 'my_service'],
    ['my--service-', 'my_service'],
    ['class', 'class_service'],
    ['http-service', 'http_service'],
    ['path-provider', 'path_provider'],
    ['Rethrow', 'rethrow_service'],
  ])('spells %s as %s', (name, expected) => expect(dartPackageName(name)).toBe(expected));

  it('makes an identifier of every service name', () => {
    const serviceName = fc.stringMatching(/^[a-zA-Z][0-9a-zA-Z-]{1,26}$/);
    fc.assert(
      fc.property(serviceName, (name) => {
        expect(dartPackageName(name)).toMatch(/^[a-z][a-z0-9_]*$/);
      }),
    );
  });
});
