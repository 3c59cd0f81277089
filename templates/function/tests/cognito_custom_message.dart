    expect(
      response['response'],
      containsPair('emailMessage', contains(event.codeParameter)),
    );
