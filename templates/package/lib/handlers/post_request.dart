import 'dart:io';

import 'package:aws_lambda_dart_runtime/aws_lambda_dart_runtime.dart';
import 'package:aws_lambda_dart_runtime/runtime/context.dart';

import '../models/post_request_model.dart';
import '../models/response_model.dart';

/// `POST /postRequest`: greets the person named in the body.
///
/// The caller gets a 400 that says what is wrong with a body that is no
/// [PostRequestModel]. An error that leaves a handler is a 502 to the caller.
Future<AwsApiGatewayResponse> postApiGateway(
  Context context,
  AwsApiGatewayEvent event,
) async {
  final PostRequestModel request;
  try {
    request = postRequestModelFromJson(event.body ?? '');
  } on FormatException catch (error) {
    return AwsApiGatewayResponse.fromJson({
      'message': 'The body is not understood: ${error.message}',
    }, statusCode: HttpStatus.badRequest);
  }
  return AwsApiGatewayResponse(
    body: responseModelToJson(greet(request)),
    isBase64Encoded: false,
    statusCode: HttpStatus.ok,
    headers: {'Content-Type': 'application/json'},
  );
}

/// What the endpoint does, without HTTP.
ResponseModel greet(PostRequestModel request) =>
    ResponseModel(message: 'Hello ${request.name} from AWS Lambda!!');
