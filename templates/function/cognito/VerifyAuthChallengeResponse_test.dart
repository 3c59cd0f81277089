  Future<Object?> after(String answer) async {
    final changed = AwsCognitoVerifyAuthChallengeResponseEvent.fromJson({
      ...event.raw,
      'request': {
        ...event.request,
        'privateChallengeParameters': {'code': '123456'},
        'challengeAnswer': answer,
      },
    });
{{changed}}
    return response['response'];
  }

  test('takes the code of the challenge, and nothing else', () async {
    expect(await after('123456'), {'answerCorrect': true});
    expect(await after('654321'), {'answerCorrect': false});
  });
