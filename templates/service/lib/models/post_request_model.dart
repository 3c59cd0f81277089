import 'dart:convert';

import '../runtime/json_fields.dart';

PostRequestModel postRequestModelFromJson(String str) =>
    decodeJson(str, asObject(PostRequestModel.fromJson));

String postRequestModelToJson(PostRequestModel data) =>
    json.encode(data.toJson());

/// What `POST /postRequest` takes.
class PostRequestModel with JsonModel {
  const PostRequestModel({required this.name});

  /// Throws a [FormatException] that names the field when one is missing or of
  /// another type.
  factory PostRequestModel.fromJson(Map<String, dynamic> json) =>
      PostRequestModel(name: json.string('name'));

  final String name;

  @override
  Map<String, dynamic> toJson() => {'name': name};

  PostRequestModel copyWith({String? name}) =>
      PostRequestModel(name: name ?? this.name);
}
