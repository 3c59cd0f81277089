  test('encodes the detail as it was', () {
{{encodesAgain}}
  });

  test('refuses a detail of another form', () async {
    final changed = AwsEventBridgeEvent.fromJson({...event.raw, 'detail': '?'});

{{refused}}
  });
