    expect(response.toJson(), {'isAuthorized': false});
