    expect(response['response'], {'answerCorrect': false});
