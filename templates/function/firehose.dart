import '../runtime/events/firehose.dart';
import '../runtime/runtime.dart';

/// {{about}}: each as
/// a line, without those that are empty.
{{signature}}
  return AwsFirehoseResponse([
    for (final record in event.records)
      record.text.trim().isEmpty
          ? record.dropped()
          : record.okText('${record.text.trim()}\n'),
  ]);
}
