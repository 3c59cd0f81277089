{{imports}}

void main() {
{{read}}

{{ask}}

  test('allows the caller that has the token', () async {
    final response = await ask({{secret}});

    final wanted = {{allowed}};
    expect(response.toJson(), wanted.toJson());
  });

  for (final secret in ['', 'other', null]) {
    test('allows nobody else, with the token $secret', () async {
      final response = await ask(secret);

      final wanted = {{denied}};
      expect(response.toJson(), wanted.toJson());
    });
  }

  test('allows nobody by an empty token', () async {
    final empty = {{className}}.fromJson({
      ...event.raw,
      {{emptyToken}},
    });
{{callEmpty}}

    final wanted = {{denied}};
    expect(response.toJson(), wanted.toJson());
  });
}

const _event = {{event}};
