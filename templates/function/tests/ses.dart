    expect(response, AwsSesResponse.proceed);
