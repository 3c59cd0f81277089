import { words } from '../../util/reserved-words.ts';

/** Lists what lib/runtime/ declares, any of which lib/main.dart or a handler may import. */
const RUNTIME_NAMES = words(`
  asBase64 asBase64Text asBool asDate asDateTime asDecimal asDouble asDynamoDbItem asDynamoDbValue
  asEpochMillis asEpochMillisText asEpochSeconds asInt asIntText asList asMap asMapOf asNum
  asObject asOneOf asString asText asTextOf asValue begun caseInsensitive checkJson chunked
  compress cors decodeFormText decodeJson fieldOf jsonBytes linesOf log logRequests processBatch
  refuseLong refuseText requireClaims serveHandler textOf timeBudget toDynamoDbItem
  toDynamoDbValue
`);

/** Lists what package:test exports, which the test of a handler imports beside it. */
const TEST_NAMES = words(`
  addStateInfo addTearDown allOf anyElement anyOf anything closeTo collapseWhitespace completes
  completion contains containsAll containsAllInOrder containsOnce containsPair containsValue
  doesNotComplete emits emitsAnyOf emitsDone emitsError emitsInAnyOrder emitsInOrder emitsThrough
  endsWith equals equalsIgnoringCase equalsIgnoringWhitespace everyElement expect expectAsync0
  expectAsync1 expectAsync2 expectAsync3 expectAsync4 expectAsync5 expectAsync6 expectAsyncUntil0
  expectAsyncUntil1 expectAsyncUntil2 expectAsyncUntil3 expectAsyncUntil4 expectAsyncUntil5
  expectAsyncUntil6 expectLater fail greaterThan greaterThanOrEqualTo group hasLength
  inClosedOpenRange inExclusiveRange inInclusiveRange inOpenClosedRange isA isArgumentError
  isConcurrentModificationError isCyclicInitializationError isEmpty isException isFalse
  isFormatException isIn isList isMap isNaN isNegative isNonNegative isNonPositive isNonZero isNot
  isNotEmpty isNotNaN isNotNull isNoSuchMethodError isNull isPositive isRangeError isStateError
  isTrue isUnimplementedError isUnsupportedError isZero lessThan lessThanOrEqualTo markTestSkipped
  matches mayEmit mayEmitMultiple neverEmits orderedEquals pairwiseCompare predicate
  printOnFailure prints pumpEventQueue registerException returnsNormally same setUp setUpAll
  spawnHybridCode spawnHybridUri startsWith stringContainsInOrder tearDown tearDownAll test throws
  throwsA throwsArgumentError throwsConcurrentModificationError throwsCyclicInitializationError
  throwsException throwsFormatException throwsNoSuchMethodError throwsRangeError throwsStateError
  throwsUnimplementedError throwsUnsupportedError unorderedEquals unorderedMatches wrapMatcher
`);

/** Lists what the generated code and lib/main.dart declare, or use of Dart's own libraries. */
const CODE_NAMES = words(`
  after ask changed context decoded empty event json kinesis main names print record response result
  runtime secret
`);

/** The names that a handler cannot have: it would hide the other, or be ambiguous with it. */
export const HANDLER_TAKEN: ReadonlySet<string> = new Set([
  ...RUNTIME_NAMES,
  ...TEST_NAMES,
  ...CODE_NAMES,
]);
