/**
 * Checks and derives the names of a service: Serverless, CloudFormation, IAM, Dart and file
 * systems must all accept them.
 */

import type { Message } from '../message.ts';
import { isEmpty } from '../util/messages.ts';
import { DART_RESERVED, WINDOWS_DEVICE, words } from '../util/reserved-words.ts';
import { inQuotes, withoutMarks } from '../util/text.ts';
import { isYamlWord } from '../util/yaml-words.ts';
import * as messages from './messages.ts';

/** Explains why a name is not accepted, and suggests one that is. */
export interface NameProblem {
  readonly reason: Message;
  readonly suggestion: string;
}

/**
 * Limits the length of a service name. IAM allows 64 characters for a role
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html), which osls names
 * `<service>-<stage>-<region>-lambdaRole`. This leaves room for a stage of ten characters
 * (`production`) and for the longest region (`ap-southeast-2`).
 */
export const MAX_SERVICE_NAME =
  64 - '-production'.length - '-ap-southeast-2'.length - '-lambdaRole'.length;

/** The pattern that osls checks names of services with. */
const SERVICE_NAME = /^[a-zA-Z][0-9a-zA-Z-]+$/;

/** Checks a service name. Returns undefined when everything accepts it. */
export function serviceNameProblem(name: string): NameProblem | undefined {
  const problem = (reason: Message): NameProblem => ({ reason, suggestion: suggestName(name) });
  if (name === '') return problem(isEmpty());
  if (!/^[a-zA-Z]/.test(name)) return problem(messages.noLetterFirst());
  const odd = /[^0-9a-zA-Z-]/u.exec(name)?.[0];
  if (odd !== undefined) {
    const character = inQuotes(odd);
    return problem(odd === ' ' ? messages.hasSpace() : messages.hasCharacter({ character }));
  }
  if (!SERVICE_NAME.test(name)) return problem(messages.tooShort());
  if (name.length > MAX_SERVICE_NAME) {
    return problem(messages.tooLong({ number: name.length, most: MAX_SERVICE_NAME }));
  }
  if (WINDOWS_DEVICE.test(name)) return problem(messages.windowsDevice());
  if (isYamlWord(name)) return problem(messages.yamlWord());
  if (isPackage(name)) return problem(messages.dartPackage());
  return undefined;
}

function suggestName(name: string): string {
  const plain = withoutMarks(name)
    .replace(/[^0-9a-zA-Z]+/g, '-')
    .replace(/^[^a-zA-Z]+/, '')
    .slice(0, MAX_SERVICE_NAME)
    .replace(/-+$/, '');
  if (plain.length < 2) return 'hello';
  const isTaken = WINDOWS_DEVICE.test(plain) || isYamlWord(plain) || isPackage(plain);
  return isTaken ? withSuffix(plain) : plain;
}

/** Appends `-service` to the name, dropping words from its end if it gets too long. */
function withSuffix(name: string): string {
  const suffix = '-service';
  const room = MAX_SERVICE_NAME - suffix.length;
  return `${name.length > room ? name.slice(0, room).replace(/-[^-]*$/, '') : name}${suffix}`;
}

/**
 * Converts a service name to a Dart package name: lower case with underscores
 * (https://dart.dev/tools/pub/pubspec#name). Names that Dart reserves, or that YAML does not read
 * as a string, get the suffix `_service`, because pub refuses them.
 */
export function dartPackageName(serviceName: string): string {
  const name = inSnakeCase(serviceName);
  return DART_RESERVED.has(name) || isYamlWord(name) ? `${name}_service` : name;
}

const inSnakeCase = (serviceName: string): string =>
  serviceName
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/-+/g, '_')
    .replace(/_+$/, '')
    .toLowerCase();

/**
 * Returns whether the Dart package of a service would have the same name as one that it depends
 * on, or is likely to.
 */
function isPackage(serviceName: string): boolean {
  const name = inSnakeCase(serviceName);
  return PACKAGES_OF_TEST.has(name) || WANTED_PACKAGES.has(name);
}

/** The dependencies of every service: lints, test, and all that package:test depends on. */
const PACKAGES_OF_TEST = words(`
  analyzer args async boolean_selector cli_config collection convert coverage crypto file
  frontend_server_client glob http_multi_server http_parser io lints logging matcher meta mime
  node_preamble package_config path pool pub_semver shelf shelf_packages_handler shelf_static
  shelf_web_socket source_map_stack_trace source_maps source_span stack_trace stream_channel
  string_scanner term_glyph test test_api test_core typed_data vm_service watcher web web_socket
  web_socket_channel webkit_inspection_protocol yaml
`);

/**
 * Packages that a service is likely to need: the runtime that other Dart services use from pub,
 * what the Dart team publishes for command-line and server programs
 * (https://pub.dev/publishers/dart.dev/packages), and clients for AWS and databases.
 */
const WANTED_PACKAGES = words(`
  aws_common aws_lambda_dart_runtime aws_signature_v4 build_runner cli_util clock csv dio ffi
  fixnum freezed_annotation graphql http http2 intl jose json_annotation json_rpc_2
  json_serializable markdown mocktail mockito oauth2 postgres protobuf redis retry shelf_router
  source_gen stream_transform timezone uuid xml yaml_edit
`);
