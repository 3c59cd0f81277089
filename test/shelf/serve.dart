import 'package:shelf/shelf.dart';
import 'package:shop/runtime/runtime.dart' hide Handler;
import 'package:shop/runtime/shelf.dart';

/// An event of a REST API.
Map<String, dynamic> rest(Map<String, dynamic> more) => {
  'httpMethod': 'GET',
  'path': '/',
  'resource': '/{proxy+}',
  'requestContext': {'stage': 'dev'},
  ...more,
};

/// An event of an HTTP API.
Map<String, dynamic> http(Map<String, dynamic> more) => {
  'version': '2.0',
  'routeKey': 'ANY /{proxy+}',
  'rawPath': '/',
  'rawQueryString': '',
  'requestContext': {
    'stage': r'$default',
    'http': {'method': 'GET'},
  },
  ...more,
};

/// An event of a function URL.
Map<String, dynamic> url(Map<String, dynamic> more) =>
    http({'routeKey': r'$default', ...more});

final invocation = Context(requestId: 'id-1');

Future<AwsApiGatewayResponse> serve(
  Handler handler,
  Map<String, dynamic> event,
) async =>
    await serveHandler(handler)(invocation, AwsApiGatewayEvent.fromJson(event))
        as AwsApiGatewayResponse;

/// The request that the handler is given for [event].
Future<Request> requestOf(Map<String, dynamic> event) async {
  final requests = <Request>[];
  await serve((request) {
    requests.add(request);
    return Response(204);
  }, event);
  return requests.single;
}
