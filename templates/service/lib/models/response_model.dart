import 'dart:convert';

import '../runtime/json_fields.dart';

ResponseModel responseModelFromJson(String str) =>
    decodeJson(str, asObject(ResponseModel.fromJson));

String responseModelToJson(ResponseModel data) => json.encode(data.toJson());

/// What `POST /postRequest` answers.
class ResponseModel with JsonModel {
  const ResponseModel({required this.message});

  factory ResponseModel.fromJson(Map<String, dynamic> json) =>
      ResponseModel(message: json.string('message'));

  final String message;

  @override
  Map<String, dynamic> toJson() => {'message': message};

  ResponseModel copyWith({String? message}) =>
      ResponseModel(message: message ?? this.message);
}
