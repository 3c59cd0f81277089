  test('encodes the message as it was', () {
{{encodesAgain}}
  });

  test('refuses a message of another form', () async {
    final record = event.records.first;
    final changed = AwsSnsEvent.fromJson({
      'Records': [
        {
          ...record.raw,
          'Sns': {...record.sns.raw, 'Message': '?'},
        },
      ],
    });

{{refused}}
  });
