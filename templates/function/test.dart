{{imports}}

void main() {
{{read}}

  test('handles an event', () async {
{{call}}

{{expected}}
  });
{{#if more}}

{{more}}
{{/if}}
}

const _event = {{event}};
