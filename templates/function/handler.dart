{{#each dartLibraries}}
import 'dart:{{this}}';

{{/each}}
{{#each models}}
import '../models/{{this}}';
{{/each}}
import '../runtime/events/{{library}}.dart';
import '../runtime/runtime.dart';

/// {{about}}
{{signature}}
{{body}}
}
