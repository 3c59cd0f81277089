import 'dart:convert';

import 'package:{{package}}/models/{{library}}';
import 'package:test/test.dart';

void main() {
  test('encodes what it has decoded', () {
{{roundTrip}}
  });
}

const _sample = {{sample}};
