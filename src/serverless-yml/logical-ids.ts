/**
 * The names that osls gives to what it makes of a function in the CloudFormation template
 * (https://github.com/oss-serverless/osls/blob/main/lib/plugins/aws/lib/naming.js).
 */

import { logicalId } from '../service/endpoint/problem.ts';
import type { HttpEvent, ServiceFunction } from '../service/service.ts';
import { escapePattern, upperFirst } from '../util/text.ts';

/** What follows the name of the function. */
const KINDS = [
  'LambdaFunction(?:QualifiedArn|Url|InvokePermission)?',
  'LogGroup',
  'LambdaEvConf',
  'Lambda(?:Version|Permission)\\w+',
  '(?:ProvConc|SnapStart|Durable)LambdaAlias',
  'EventSourceMapping\\w+',
  'EventsRule(?:Schedule|CloudWatchEvent)\\d+',
  'SchedulerSchedule\\d+',
  'LogsSubscriptionFilterCloudWatchLog\\d+',
  'SnsSubscription\\w+',
  'EventBridgeLambdaPermission\\d+',
  'Iot(?:TopicRule\\d+|ProvisioningTemplate)',
  'Alb(?:MultiValue)?TargetGroup\\w+',
  'AlbListenerRule\\d+',
  'Custom(?:S3|CognitoUserPool|EventBridge)\\d+',
  'Websockets(?:Integration|Authorizer)',
  'ApiGatewayAuthorizer',
  'LambdaAuthorizerPermissionHttpApi',
  // Of the plugin serverless-iam-roles-per-function.
  'IamRoleLambdaExecution',
];

/** A pattern, without anchors, of the ids of all that a function becomes, but for its routes. */
export function functionIds(key: string): string {
  const escaped = escapePattern(logicalId(key));
  return `(?:${escaped}(?:${KINDS.join('|')})|HttpApiIntegration${escaped}|\\w+To${escaped}DLQPolicy)`;
}

/** The ids of the routes of a function. */
export const routeIds = ({ events }: Pick<ServiceFunction, 'events'>): readonly string[] =>
  events.map(routeId);

function routeId({ api, method, path }: HttpEvent): string {
  if (path === '$default') return 'HttpApiRouteDefault';
  const parts = path.split('/').map(normalized).join('');
  return api === 'rest'
    ? `ApiGatewayMethod${parts}${normalized(method)}`
    : `HttpApiRoute${normalized(method)}${parts}`;
}

const normalized = (part: string): string =>
  upperFirst(
    part
      .toLowerCase()
      .replace(/-/g, 'Dash')
      .replace(/\{(.*)\}/g, '$1Var')
      .replace(/[^0-9A-Za-z]/g, ''),
  );
