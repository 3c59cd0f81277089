    expect(response.toJson(), {
      'principalId': 'nobody',
      'policyDocument': {
        'Version': '2012-10-17',
        'Statement': [
          {
            'Action': 'execute-api:Invoke',
            'Effect': 'Deny',
            'Resource': [event.stageArn],
          },
        ],
      },
    });
