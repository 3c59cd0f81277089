    expect(json.encode(response['response']), contains('"team":"blue"'));
