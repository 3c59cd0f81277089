  test('takes the code that the challenge was made with', () async {
    final changed = AwsCognitoVerifyAuthChallengeResponseEvent.fromJson({
      ...event.raw,
      'request': {
        ...event.request,
        'privateChallengeParameters': {'code': '123456'},
        'challengeAnswer': '123456',
      },
    });

{{changed}}

    expect(response['response'], {'answerCorrect': true});
  });
