  return AwsFirehoseResponse([
    for (final record in event.records)
      record.text.trim().isEmpty
          ? record.dropped()
          : record.okText('${record.text.trim()}\n'),
  ]);
