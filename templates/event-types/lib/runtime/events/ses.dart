import '../json_fields.dart';
import 'event_json.dart';

/// An email that SES received. There is one in each event.
///
/// https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda-event.html
class AwsSesEvent extends EventJson {
  AwsSesEvent.fromJson(super.raw);

  late final List<AwsSesRecord> records = raw.views(
    'Records',
    AwsSesRecord.fromJson,
  );
}

/// An email, without its body: a rule's S3 action before this one stores that.
class AwsSesRecord extends EventJson {
  AwsSesRecord.fromJson(super.raw);

  String get eventSource => raw.string('eventSource');
  String get eventVersion => raw.string('eventVersion');

  late final AwsSesMail mail = _ses.object('mail', AwsSesMail.fromJson);
  late final AwsSesReceipt receipt = _ses.object(
    'receipt',
    AwsSesReceipt.fromJson,
  );

  late final _ses = raw.field('ses', asMap);
}

/// What the email says of itself.
class AwsSesMail extends EventJson {
  AwsSesMail.fromJson(super.raw);

  DateTime get timestamp => raw.dateTime('timestamp');

  /// The address of the envelope that the email came from.
  String get source => raw.string('source');

  /// The id that SES gave the email, which is its key in an S3 bucket.
  String get messageId => raw.string('messageId');
  List<String> get destination => raw.textList('destination');

  /// Whether the headers were too long for the event.
  bool get headersTruncated => raw.boolean('headersTruncated');

  late final List<AwsSesHeader> headers = raw.views(
    'headers',
    AwsSesHeader.fromJson,
  );
  late final AwsSesCommonHeaders commonHeaders = raw.object(
    'commonHeaders',
    AwsSesCommonHeaders.fromJson,
  );
}

class AwsSesHeader extends EventJson {
  AwsSesHeader.fromJson(super.raw);

  String get name => raw.string('name');
  String get value => raw.string('value');
}

class AwsSesCommonHeaders extends EventJson {
  AwsSesCommonHeaders.fromJson(super.raw);

  List<String> get from => raw.textList('from');
  List<String> get to => raw.textList('to');
  List<String> get cc => raw.textList('cc');
  List<String> get bcc => raw.textList('bcc');
  List<String> get replyTo => raw.textList('replyTo');
  String? get sender => raw.stringOrNull('sender');
  String? get returnPath => raw.stringOrNull('returnPath');
  String? get messageId => raw.stringOrNull('messageId');
  String? get subject => raw.stringOrNull('subject');

  /// The date as the email has it: `Mon, 5 Dec 2016 18:40:08 -0800`.
  String? get date => raw.stringOrNull('date');
}

/// What SES found out about the email.
class AwsSesReceipt extends EventJson {
  AwsSesReceipt.fromJson(super.raw);

  DateTime get timestamp => raw.dateTime('timestamp');

  /// How long SES took from receiving the email to this event.
  Duration get processingTime =>
      Duration(milliseconds: raw.integer('processingTimeMillis'));

  /// The recipients that the rule is for.
  List<String> get recipients => raw.textList('recipients');

  AwsSesVerdict? get spamVerdict => _verdict('spamVerdict');
  AwsSesVerdict? get virusVerdict => _verdict('virusVerdict');
  AwsSesVerdict? get spfVerdict => _verdict('spfVerdict');
  AwsSesVerdict? get dkimVerdict => _verdict('dkimVerdict');
  AwsSesVerdict? get dmarcVerdict => _verdict('dmarcVerdict');

  /// `none`, `quarantine` or `reject`, of a domain whose DMARC check failed.
  String? get dmarcPolicy => raw.stringOrNull('dmarcPolicy');

  late final AwsSesAction action = raw.object('action', AwsSesAction.fromJson);

  AwsSesVerdict? _verdict(String name) =>
      raw.objectOrNull(name, (json) => AwsSesVerdict(json.string('status')));
}

/// The result of a check of an email.
extension type const AwsSesVerdict(String status) implements String {
  static const pass = AwsSesVerdict('PASS');
  static const fail = AwsSesVerdict('FAIL');
  static const gray = AwsSesVerdict('GRAY');
  static const processingFailed = AwsSesVerdict('PROCESSING_FAILED');
}

/// The action of the receipt rule that made this event.
class AwsSesAction extends EventJson {
  AwsSesAction.fromJson(super.raw);

  String get type => raw.string('type');
  String? get functionArn => raw.stringOrNull('functionArn');
  String? get topicArn => raw.stringOrNull('topicArn');

  /// `Event`, or `RequestResponse`, which alone waits for an [AwsSesResponse].
  String? get invocationType => raw.stringOrNull('invocationType');
}

/// Tells SES how to go on with an email.
enum AwsSesResponse {
  /// With the next action of the rule.
  proceed('CONTINUE'),

  /// With the next rule.
  stopRule('STOP_RULE'),

  /// Not at all.
  stopRuleSet('STOP_RULE_SET');

  const AwsSesResponse(this.disposition);

  final String disposition;

  Map<String, dynamic> toJson() => {'disposition': disposition};
}
