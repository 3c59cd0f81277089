import 'package:shop/runtime/runtime.dart';
import 'package:test/test.dart';

void main() {
  test('refuses a second handler of a name where it is registered', () {
    final runtime = Runtime(environment: const {});
    void register() =>
        runtime.registerHandler<Object?>('main.hello', (context, event) => 1);

    register();

    expect(
      register,
      throwsA(
        isA<ArgumentError>().having(
          (error) => error.message,
          'message',
          '"main.hello" is registered twice.',
        ),
      ),
    );
  });
}
