  test('encodes the message as it was', () {
{{encodesAgain}}
  });

  test('reports a message of another form', () async {
    final record = event.records.first.raw;
    final changed = AwsSqsEvent.fromJson({
      'Records': [
        record,
        {...record, 'messageId': 'bad', 'body': '?'},
      ],
    });

{{changed}}

    expect(response.failures, ['bad']);
  });
