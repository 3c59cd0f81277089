import '../models/post_request_model.dart';
import '../models/response_model.dart';
import '../runtime/runtime.dart';

/// `POST /postRequest`: greets the person named in the body.
///
/// The caller gets a 400 that says what is wrong with a body that is no
/// [PostRequestModel].
Future<AwsApiGatewayResponse> postApiGateway(
  Context context,
  AwsApiGatewayEvent event,
) async {
  final request = event.read(postRequestModelFromJson);
  final response = greet(request);
  return AwsApiGatewayResponse.json(response);
}

/// What the endpoint does, without HTTP.
ResponseModel greet(PostRequestModel request) =>
    ResponseModel(message: 'Hello ${request.name} from AWS Lambda!!');
