import '../runtime/events/firehose.dart';
import '../runtime/runtime.dart';

/// {{about}}: lines, without the empty ones.
{{signature}}
  return AwsFirehoseResponse([
    for (final record in event.records)
      record.text.trim().isEmpty
          ? record.dropped()
          : record.okText('${record.text.trim()}\n'),
  ]);
}
