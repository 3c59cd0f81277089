import 'dart:async';
import 'dart:io';

import 'api_gateway_event.dart';
import 'api_gateway_response.dart';
import 'begun_stream.dart';
import 'context.dart';
import 'error_report.dart';
import 'event_types.dart';
import 'http_pipeline.dart';
import 'log.dart';
import 'runtime_client.dart';
import 'shutdown.dart';

/// A function that answers events of the type [T].
///
/// What it returns, now or in a future, is the answer: an
/// [AwsApiGatewayResponse], or anything that `json.encode` takes. An
/// `HttpProblem` that it throws becomes the response to an
/// [AwsApiGatewayEvent]. All else that it throws is logged and reported to
/// Lambda, and the next event is served; but an error in a future that nobody
/// awaits ends the process, as ever in Dart.
typedef Handler<T> = FutureOr<Object?> Function(Context context, T event);

/// Serves the events of a Lambda function.
///
/// Register a handler for each function of the service, then [invoke].
class Runtime {
  /// A runtime for this process, or for a given [environment].
  Runtime({Map<String, String>? environment})
    : _environment = environment ?? Platform.environment,
      _isOfProcess = environment == null;

  final Map<String, String> _environment;
  final bool _isOfProcess;
  late final _log = Log(_environment, write: Zone.current.print);
  final _handlers = <String, Handler<Object?>>{};
  final _streaming = <String>{};
  late final _shutdown = Shutdown(_log);
  final _initializers = <FutureOr<void> Function()>[];
  final _http = HttpPipeline();
  final _events = EventTypes();

  // Lambda logs nothing of an error that it is told, so the runtime does. What
  // stands in for it on a developer's machine shows the error itself.
  bool get _errorsAreShown =>
      _environment['LAMBDA_RUNTIME_API_SHOWS_ERRORS'] != null;

  /// Names the [handler] that serves the functions whose `handler` in
  /// serverless.yml is [name].
  ///
  /// [T] is [AwsApiGatewayEvent], a type that [event] reads, such as
  /// `AwsSqsEvent.fromJson`, a type of yours (see [registerEvent]), or a type of
  /// JSON, such as `Map<String, dynamic>` or `Object?`.
  ///
  /// [streams] tells that the functions are called for streamed responses only:
  /// by a function URL with `invokeMode: RESPONSE_STREAM`, or by a REST API with
  /// `transferMode: STREAM`. No event says so. Every [AwsApiGatewayResponse] is
  /// streamed then; otherwise each goes out in one piece.
  ///
  /// Throws an [ArgumentError] if the name has a handler already.
  void registerHandler<T>(
    String name,
    Handler<T> handler, {
    T Function(Map<String, dynamic> json)? event,
    bool streams = false,
  }) {
    if (_handlers.containsKey(name)) {
      throw ArgumentError('"$name" is registered twice.');
    }
    if (streams) _streaming.add(name);
    _handlers[name] = (context, json) {
      final read = _events.read<T>(json, name, event);
      return read is AwsApiGatewayEvent
          ? _http.handle(
              (context, event) => handler(context, event as T),
              context,
              read,
            )
          : handler(context, read);
    };
  }

  /// Takes the handler of [name] away, if there is one.
  void deregisterHandler(String name) {
    _handlers.remove(name);
    _streaming.remove(name);
  }

  /// Whether [name] has a handler.
  bool handlerExists(String name) => _handlers.containsKey(name);

  /// Lets handlers take events of the type [T], made by [fromJson].
  void registerEvent<T>(T Function(Map<String, dynamic> json) fromJson) =>
      _events.register<T>(fromJson);

  /// Undoes [registerEvent].
  void deregisterEvent<T>() => _events.deregister<T>();

  /// Wraps every handler of an [AwsApiGatewayEvent] in [middleware]:
  /// `cors()`, `logRequests()` or one of yours. The first one is the outermost.
  void use(Middleware middleware) => _http.middleware.add(middleware);

  /// Has [handler] make the responses to what the handlers of an
  /// [AwsApiGatewayEvent] throw, in the service's own form.
  ///
  /// It may answer an `HttpProblem` and any other error, which is then neither
  /// logged nor reported. For null it is as without [handler]: the response to
  /// an `HttpProblem` is its own, and any other error stays one. There is one
  /// such handler, the last.
  void onError(ErrorHandler handler) => _http.onError = handler;

  /// Has [action] run before the first event, in the order of registration.
  ///
  /// If one throws, Lambda is told and the process ends.
  void onInit(FutureOr<void> Function() action) => _initializers.add(action);

  /// Has [action] run when Lambda ends the process, in the order of
  /// registration. All of them together have 250 ms.
  ///
  /// Lambda tells only an environment that has an extension, such as that of
  /// CloudWatch Lambda Insights. Any other one ends without a word.
  void onShutdown(FutureOr<void> Function() action) => _shutdown.add(action);

  /// Serves events, one after the other, for as long as the process lives.
  ///
  /// If it cannot, it ends the process with a message and exit code 1.
  Future<void> invoke() async {
    final api = _environment['AWS_LAMBDA_RUNTIME_API'];
    final name = _environment['_HANDLER'];
    if (api == null || name == null) {
      final missing = api == null ? 'AWS_LAMBDA_RUNTIME_API' : '_HANDLER';
      _exit(
        'This is an AWS Lambda function, which Lambda starts: $missing is not '
        'set. `make dev` runs it on this machine.',
      );
    }

    // A signal is sent to this process, not to that of another environment.
    if (_isOfProcess) {
      _shutdown.listen((action) async => await _zone().run(action));
    }
    final client = RuntimeClient(api, _log);
    try {
      final handler = await _initialize(client, name);
      while (true) {
        final invocation = await client.next();
        await _shutdown.during(_serve(client, handler, invocation));
      }
    } on IOException catch (error) {
      _exit('The Lambda Runtime API at $api cannot be reached: $error');
    }
  }

  Future<Handler<Object?>> _initialize(
    RuntimeClient client,
    String name,
  ) async {
    try {
      for (final action in _initializers) {
        await _zone().run(action);
      }
    } catch (error, stackTrace) {
      await _failInit(client, ErrorReport.of(error, stackTrace));
    }
    return _handlers[name] ??
        await _failInit(
          client,
          ErrorReport(
            'Runtime.NoSuchHandler',
            'No handler is registered as "$name". '
                'Registered: ${_handlers.keys.join(', ')}.',
          ),
        );
  }

  Future<Never> _failInit(RuntimeClient client, ErrorReport error) async {
    if (!_errorsAreShown) _log.failure(error);
    try {
      await client.postInitError(error);
    } on IOException {
      if (_errorsAreShown) _log.failure(error);
      rethrow;
    }
    exit(1);
  }

  Future<void> _serve(
    RuntimeClient client,
    Handler<Object?> handler,
    Invocation invocation,
  ) async {
    final context = Context.fromInvocation(invocation.headers, _environment);
    _shutdown.latest = context.deadline;
    final id = context.requestId;
    ErrorReport? failure;
    ErrorReport fail(Object error, StackTrace stackTrace) {
      final report = failure = ErrorReport.of(error, stackTrace);
      if (!_errorsAreShown) _log.failure(report, requestId: id);
      return report;
    }

    Object result;
    try {
      result = await _answer(handler, context, invocation.body);
    } catch (error, stackTrace) {
      result = fail(error, stackTrace);
    }
    final isTaken = await switch (result) {
      ErrorReport() => client.postError(invocation, result),
      Stream<List<int>>() => client.postStream(
        invocation,
        result,
        onError: fail,
      ),
      _ => client.postResponse(invocation, result as List<int>),
    };
    if (failure case final report? when _errorsAreShown && !isTaken) {
      _log.failure(report, requestId: id);
    }
  }

  // JSON, or the pieces of a streamed response, of which the first is there: an
  // error until then is one of the handler.
  Future<Object> _answer(
    Handler<Object?> handler,
    Context context,
    List<int> body,
  ) async {
    final event = jsonBytes.decode(body);
    final zone = _zone(context);
    final result = await zone.run(() => handler(context, event));
    if (result is! AwsApiGatewayResponse) return jsonBytes.encode(result);
    final payloadV2 = AwsApiGatewayEvent.isPayloadV2(event);
    if (_streaming.contains(context.handler)) {
      return zone.run(() => begun(result.toStream(payloadV2: payloadV2)));
    }
    final whole = result.bodyStream == null
        ? result
        : await zone.run(result.collect);
    return jsonBytes.encode(whole.toJson(payloadV2: payloadV2));
  }

  // Where code of the service runs: `log`, `print` and Context.current are
  // those of the invocation.
  Zone _zone([Context? context]) => Zone.current.fork(
    zoneValues: {Log: _log, if (context != null) Context: context},
    specification: _log.isJson
        ? ZoneSpecification(
            print: (self, parent, zone, line) =>
                zone.run(() => _log.printed(line)),
          )
        : null,
  );

  Never _exit(String message) {
    _log.failure(message);
    exit(1);
  }
}
