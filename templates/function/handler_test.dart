import 'dart:convert';

import 'package:{{package}}/handlers/{{file}}';
{{#each models}}
import 'package:{{../package}}/models/{{this}}';
{{/each}}
import 'package:{{package}}/runtime/events/{{library}}.dart';
import 'package:{{package}}/runtime/runtime.dart';
import 'package:test/test.dart';

void main() {
  test('{{behaviour}}', () async {
{{event}}

{{call}}
{{#if checks}}

{{checks}}
{{/if}}
  });
{{#if roundTrip}}

  test('decodes what it carries', () {
{{roundTrip}}
  });
{{/if}}
}

const _event = {{sample}};
{{#if payload}}

const _payload = {{payload}};
{{/if}}
