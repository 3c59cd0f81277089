import type { EventSourceName } from '../../service/event-sources.ts';
import type { Template } from '../../templates.ts';
import { type Code, call, entry, print } from '../format/constructs.ts';
import { rawString } from '../identifiers.ts';
import { authorizerVariables } from './authorizer-test.ts';
import { expectationsOf } from './expectations.ts';
import { encodesAgain, type TypedPayload } from './payload.ts';

/** Describes the function that a test runs. */
interface TestedFunction {
  readonly source: EventSourceName;
  readonly kind: string | undefined;
  /** The registered function. */
  readonly handler: string;
  /** The class of the event. */
  readonly className: string;
  /** Whether the function returns nothing. */
  readonly isVoid: boolean;
  readonly payload: TypedPayload | undefined;
  /** The JSON of an event. */
  readonly event: unknown;
  /** The libraries of the service that the test imports. */
  readonly imports: readonly string[];
}

/** Writes the test of a function, with an event in it. */
export function testOf(tested: TestedFunction, template: Template): string {
  const { source, kind, handler, event } = tested;
  if (source === 'authorizer') {
    return template.text('authorizer/test.dart', {
      ...frame(tested, ''),
      ...authorizerVariables(kind, handler, CONTEXT, event),
    });
  }
  const more = moreTests(tested, template);
  const expected = expectationsOf(source, kind, event)
    .map((pair) => print([call('expect', pair), ';'], 4))
    .join('\n');
  return template.text('test.dart', {
    ...frame(tested, `${expected}\n${more}`),
    ...{ call: callOf(tested, 'event'), expected, more },
  });
}

/** Returns what each test has around its code: imports and the event. */
function frame({ className, imports, event }: TestedFunction, code: string) {
  const decoded = call(`${className}.fromJson`, [call('decodeJson', ['_event'])]);
  const packages = [...imports, 'package:test/test.dart'].map(importOf).join('\n');
  const usesJson = /\bjson(\.|$)/m.test(code);
  return {
    className,
    imports: usesJson ? `${importOf('dart:convert')}\n\n${packages}` : packages,
    read: print([entry('final event =', decoded), ';'], 2),
    event: rawString(JSON.stringify(event, null, 2), '_event'),
  };
}

const importOf = (uri: string): string => `import '${uri}';`;

/** Writes the statement of a test that calls the function. */
function callOf({ handler, isVoid }: TestedFunction, event: string): string {
  const called: Code = ['await ', call(handler, [CONTEXT, event])];
  return print([isVoid ? called : entry('final response =', called), ';'], 4);
}

const CONTEXT = "Context(requestId: 'test')";

/** Lists the files of templates/function/ with more tests of a kind. */
const MORE_TESTS: ReadonlySet<string> = new Set([
  'cognito/DefineAuthChallenge_test.dart',
  'cognito/VerifyAuthChallengeResponse_test.dart',
]);

/** Writes the tests that a kind or a payload needs besides. */
function moreTests(tested: TestedFunction, template: Template): string {
  const { source, kind, handler, payload } = tested;
  const called = call(handler, [CONTEXT, 'changed']);
  const refused = call('expectLater', [called, 'throwsA(isA<FormatException>())']);
  const variables = {
    changed: callOf(tested, 'changed'),
    refused: print(['await ', refused, ';'], 4),
  };
  const file = payload ? `payload/${source}_test.dart` : `${source}/${kind}_test.dart`;
  if (!payload && !MORE_TESTS.has(file)) return '';
  return template
    .text(file, { ...variables, encodesAgain: payload && encodesAgain(payload) })
    .trimEnd();
}
