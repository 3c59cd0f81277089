    expect(response.statusCode, 200);
