    expect(response.failures, isEmpty);
