    expect(response.records, hasLength(event.records.length));
