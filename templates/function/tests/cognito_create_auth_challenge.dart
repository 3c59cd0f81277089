    expect(
      response['response'],
      containsPair('privateChallengeParameters', contains('code')),
    );
