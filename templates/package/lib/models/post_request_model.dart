import 'dart:convert';

/// Throws a [FormatException] when the text is no such JSON.
PostRequestModel postRequestModelFromJson(String str) =>
    switch (json.decode(str)) {
      final Map<String, dynamic> object => PostRequestModel.fromJson(object),
      _ => throw const FormatException('it must be an object.'),
    };

String postRequestModelToJson(PostRequestModel data) =>
    json.encode(data.toJson());

/// What `POST /postRequest` takes.
class PostRequestModel {
  const PostRequestModel({required this.name});

  /// Throws a [FormatException] when a field is missing or of another type.
  factory PostRequestModel.fromJson(Map<String, dynamic> json) =>
      switch (json['name']) {
        final String name => PostRequestModel(name: name),
        _ => throw const FormatException('the field "name" must be a string.'),
      };

  final String name;

  Map<String, dynamic> toJson() => {'name': name};
}
