import 'dart:convert';

/// Throws a [FormatException] when the text is no such JSON.
ResponseModel responseModelFromJson(String str) => switch (json.decode(str)) {
  final Map<String, dynamic> object => ResponseModel.fromJson(object),
  _ => throw const FormatException('it must be an object.'),
};

String responseModelToJson(ResponseModel data) => json.encode(data.toJson());

/// What `POST /postRequest` answers.
class ResponseModel {
  const ResponseModel({required this.message});

  /// Throws a [FormatException] when a field is missing or of another type.
  factory ResponseModel.fromJson(Map<String, dynamic> json) =>
      switch (json['message']) {
        final String message => ResponseModel(message: message),
        _ => throw const FormatException(
          'the field "message" must be a string.',
        ),
      };

  final String message;

  Map<String, dynamic> toJson() => {'message': message};
}
