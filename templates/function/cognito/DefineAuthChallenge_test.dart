  Future<Object?> after(List<String> names, {required bool result}) async {
    final changed = AwsCognitoDefineAuthChallengeEvent.fromJson({
      ...event.raw,
      'request': {
        ...event.request,
        'session': [
          for (final name in names)
            {'challengeName': name, 'challengeResult': result},
        ],
      },
    });
{{changed}}
    return response['response'];
  }

  test('signs in after a right answer, and after no other challenge', () async {
    const challenge = 'CUSTOM_CHALLENGE';
    final right = await after([challenge], result: true);
    final other = await after(['SRP_A'], result: true);
    final wrong = await after([challenge, challenge, challenge], result: false);

    expect(right, containsPair('issueTokens', true));
    expect(other, containsPair('issueTokens', false));
    expect(wrong, containsPair('failAuthentication', true));
  });
