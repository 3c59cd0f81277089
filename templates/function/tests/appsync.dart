    expect(response, {
      'field': event.info.fieldName,
      'arguments': event.arguments,
    });
