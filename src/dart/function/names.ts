import { words } from '../../util/reserved-words.ts';

/**
 * Lists names that a handler cannot have: what its file, its test and lib/main.dart import or declare
 * and call, where another function of that name would hide it or be ambiguous.
 */
export const HANDLER_TAKEN = words(`
  main print json
  asBase64 asBase64Text asBool asDate asDateTime asDecimal asDouble asDynamoDbItem asDynamoDbValue
  asEpochMillis asEpochMillisText asEpochSeconds asInt asIntText asList asMap asMapOf asNum asObject
  asOneOf asString asText asTextOf asValue
  cors decodeFormText decodeJson log logRequests processBatch toDynamoDbItem toDynamoDbValue
  refuseLong
  after ask changed decoded event kinesis names record response result runtime
  contains containsPair expect expectLater group hasLength isA isEmpty isNotEmpty setUp setUpAll
  tearDown tearDownAll test throwsA
`);
