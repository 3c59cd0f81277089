import 'dart:io';

import '../models/post_request_model.dart';
import '../models/response_model.dart';
import '../runtime/runtime.dart';

/// `POST /postRequest`: greets the person named in the body.
///
/// The model throws a [FormatException] that says what is wrong with the body;
/// the caller gets it as a 400.
Future<AwsApiGatewayResponse> postApiGateway(
  Context context,
  AwsApiGatewayEvent event,
) async {
  final PostRequestModel request;
  try {
    request = postRequestModelFromJson(event.body ?? '');
  } on FormatException catch (error) {
    return AwsApiGatewayResponse.json(
      ResponseModel(message: error.message),
      statusCode: HttpStatus.badRequest,
    );
  }

  return AwsApiGatewayResponse.json(
    ResponseModel(message: 'Hello ${request.name} from AWS Lambda!!'),
  );
}
