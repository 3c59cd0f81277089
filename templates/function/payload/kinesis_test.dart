  test('encodes the data as it was', () {
{{encodesAgain}}
  });

  test('reports a record of another form', () async {
    final record = event.records.first.raw;
    final kinesis = record.field('kinesis', asMap);
    final changed = AwsKinesisEvent.fromJson({
      'Records': [
        record,
        {
          ...record,
          // The data is a question mark.
          'kinesis': {...kinesis, 'sequenceNumber': 'bad', 'data': 'Pw=='},
        },
      ],
    });

{{changed}}

    expect(response.failures, ['bad']);
  });
