import 'package:shop/runtime/json_model.dart';
import 'package:test/test.dart';

void main() {
  const order = _Order(id: 7, tags: ['a'], size: {'width': 1});

  test('equals another one of its class with equal JSON', () {
    final copy = _Order(id: 7, tags: ['a'], size: {'width': 1.0});
    expect(copy, order);
    expect(copy.hashCode, order.hashCode);
    expect({order}, contains(copy));
    expect(order, isNot(const _Order(id: 8, tags: ['a'], size: {'width': 1})));
    expect(order, isNot(const _Order(id: 7, tags: [], size: {'width': 1})));
    expect(order, isNot(const _Order(id: 7, tags: ['a'], size: {'height': 1})));
    expect(
      order,
      isNot(const _Invoice(id: 7, tags: ['a'], size: {'width': 1})),
    );
  });

  test('is printed with its fields', () {
    expect('$order', '_Order(id: 7, tags: [a], size: {width: 1})');
  });

  group('Optional', () {
    const absent = Optional<String?>.absent();

    test('tells absent from null', () {
      expect(absent.isPresent, false);
      expect(absent.valueOrNull, isNull);
      expect(() => absent.value, throwsStateError);
      expect(const Optional<String?>(null).isPresent, true);
      expect(const Optional<String?>(null).value, isNull);
      expect(const Optional<String?>(null), isNot(absent));
    });

    test('has a value, or another one in its place', () {
      expect(const Optional('a').value, 'a');
      expect(const Optional('a').valueOr('b'), 'a');
      expect(const Optional<String?>(null).valueOr('b'), isNull);
      expect(absent.valueOr('b'), 'b');
    });

    test('of a type that is not null stands for one of a type that may be', () {
      const Optional<String?> note = Optional<String>.absent();
      expect(note.valueOr(null), isNull);
    });

    test('equals another one with an equal value', () {
      expect(Optional([order]), const Optional([order]));
      expect(Optional([order]).hashCode, const Optional([order]).hashCode);
      expect(const Optional<String>.absent(), absent);
      expect(const Optional('a'), isNot(const Optional('b')));
    });

    test('is printed with its value', () {
      expect('${const Optional('a')} $absent', 'Optional(a) Optional.absent()');
    });
  });
}

class _Order with JsonModel {
  const _Order({required this.id, required this.tags, required this.size});

  final int id;
  final List<String> tags;
  final Map<String, num> size;

  @override
  Map<String, dynamic> toJson() => {'id': id, 'tags': tags, 'size': size};
}

class _Invoice extends _Order {
  const _Invoice({required super.id, required super.tags, required super.size});
}
