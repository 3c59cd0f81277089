    expect(response, event.raw);
