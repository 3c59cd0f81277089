    expect(response.statusCode, 200);
    expect(json.decode(response.body), {'path': event.path});
