    expect(response['response'], containsPair('issueTokens', false));
