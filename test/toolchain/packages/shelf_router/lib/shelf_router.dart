/// A minimal stand-in for package:shelf_router. A name that it lacks is a
/// compile error. It has no routers generated of annotations.
library;

import 'package:shelf/shelf.dart';

const _params = 'shelf_router/params';

extension RouterParams on Request {
  /// What stands in the place of the parameters of a route: encoded, as the
  /// path is.
  Map<String, String> get params => switch (context[_params]) {
    final Map<String, String> params => params,
    _ => const {},
  };
}

/// Finds a handler by the method and the path of a request.
class Router {
  Router({Handler notFoundHandler = _notFound})
    : _notFoundHandler = notFoundHandler;

  final Handler _notFoundHandler;
  final List<_Route> _routes = [];

  /// A response that makes the router go on to the next route.
  static final Response routeNotFound = _RouteNotFound();

  static Response _notFound(Request request) => routeNotFound;

  void add(String verb, String route, Function handler) {
    final method = verb.toUpperCase();
    if (method == 'GET') _routes.add(_Route('HEAD', route, handler));
    _routes.add(_Route(method, route, handler));
  }

  void all(String route, Function handler) => add('ALL', route, handler);
  void get(String route, Function handler) => add('GET', route, handler);
  void head(String route, Function handler) => add('HEAD', route, handler);
  void post(String route, Function handler) => add('POST', route, handler);
  void put(String route, Function handler) => add('PUT', route, handler);
  void patch(String route, Function handler) => add('PATCH', route, handler);
  void delete(String route, Function handler) => add('DELETE', route, handler);
  void options(String route, Function handler) =>
      add('OPTIONS', route, handler);

  /// Hands what is below [prefix] to [handler], which sees the rest of the path.
  void mount(String prefix, Handler handler) {
    final path = prefix.substring(1);
    if (!prefix.endsWith('/')) {
      all(prefix, (Request request) => handler(request.change(path: path)));
    }
    final folder = path.isEmpty || path.endsWith('/') ? path : '$path/';
    all(
      '/$folder<path|[^]*>',
      (Request request) => handler(request.change(path: folder)),
    );
  }

  /// Handles a request: a router is a handler.
  Future<Response> call(Request request) async {
    for (final route in _routes) {
      if (route.method != request.method && route.method != 'ALL') continue;
      final params = route.match('/${request.url.path}');
      if (params == null) continue;
      final response = await route.handle(request, params);
      if (response != routeNotFound) return response;
    }
    return _notFoundHandler(request);
  }
}

class _Route {
  factory _Route(String method, String route, Function handler) {
    if (!route.startsWith('/')) {
      throw ArgumentError.value(route, 'route', 'must start with a slash');
    }
    final names = <String>[];
    final pattern = route.splitMapJoin(
      RegExp(r'<([^>|]+)(?:\|([^>]*))?>'),
      onMatch: (match) {
        names.add(match[1]!);
        return '(${match[2] ?? '[^/]+'})';
      },
      onNonMatch: RegExp.escape,
    );
    return _Route._(method, RegExp('^$pattern\$'), names, handler);
  }

  const _Route._(this.method, this._pattern, this._names, this._handler);

  final String method;
  final RegExp _pattern;
  final List<String> _names;
  final Function _handler;

  Map<String, String>? match(String path) {
    final found = _pattern.firstMatch(path);
    if (found == null) return null;
    return {
      for (final (index, name) in _names.indexed) name: found[index + 1]!,
    };
  }

  Future<Response> handle(Request request, Map<String, String> params) async {
    final handler = _handler;
    final found = request.change(context: {_params: params});
    final response = handler is Handler || params.isEmpty
        ? await (handler as dynamic)(found) as Response
        : await Function.apply(handler, [found, ...params.values]) as Response;
    return method == 'HEAD' ? response.change(body: const <int>[]) : response;
  }
}

/// It can be read by every request that has no route.
class _RouteNotFound extends Response {
  _RouteNotFound() : super.notFound(_text);

  static const _text = 'Route not found';

  @override
  Stream<List<int>> read() => Stream.value(_text.codeUnits);

  @override
  Response change({
    Map<String, Object?>? headers,
    Map<String, Object?>? context,
    Object? body,
  }) => super.change(headers: headers, context: context, body: body ?? _text);
}
