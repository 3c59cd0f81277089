import 'dart:convert';
import 'dart:io';

import '../json_fields.dart';
import 'event_json.dart';

/// Log events of a CloudWatch log group, from a subscription filter.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
class AwsCloudWatchLogsEvent extends EventJson {
  AwsCloudWatchLogsEvent.fromJson(super.raw);

  /// The data, unzipped.
  late final Map<String, dynamic> data = raw
      .field('awslogs', asMap)
      .field('data', _unzip);

  String get messageType => data.string('messageType');

  /// Whether CloudWatch only asks if this function can be reached.
  bool get isControlMessage => messageType == 'CONTROL_MESSAGE';

  /// The id of the account that the logs are of.
  String get owner => data.string('owner');
  String get logGroup => data.string('logGroup');
  String get logStream => data.string('logStream');
  List<String> get subscriptionFilters => data.textList('subscriptionFilters');

  late final List<AwsCloudWatchLogEvent> logEvents = data.views(
    'logEvents',
    AwsCloudWatchLogEvent.fromJson,
  );
}

/// A line of a log, or whatever was written to it at once.
class AwsCloudWatchLogEvent extends EventJson {
  AwsCloudWatchLogEvent.fromJson(super.raw);

  String get id => raw.string('id');
  DateTime get timestamp => raw.field('timestamp', asEpochMillis);
  String get message => raw.string('message');

  /// What the pattern of the filter named; empty if it names nothing.
  Map<String, String> get extractedFields => raw.texts('extractedFields');
}

Map<String, dynamic> _unzip(Object? value) {
  final zipped = asBase64(value);
  try {
    final text = utf8.decode(gzip.decode(zipped));
    return asMap(json.decode(text));
  } on FormatException {
    refuseLong(value as String, 'zipped JSON');
  }
}
