    expect(response['response'], contains('autoConfirmUser'));
