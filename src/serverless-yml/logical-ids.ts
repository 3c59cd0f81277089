/**
 * Computes the logical IDs that osls gives a function's resources in the CloudFormation template
 * (https://github.com/oss-serverless/osls/blob/main/lib/plugins/aws/lib/naming.js).
 */

import { logicalId } from '../service/endpoint/problem.ts';
import type { HttpEvent, ServiceFunction } from '../service/service.ts';
import { escapePattern, upperFirst } from '../util/text.ts';

/** The suffixes that osls appends to the name of the function. */
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
  // Added by the plugin serverless-iam-roles-per-function.
  'IamRoleLambdaExecution',
];

/**
 * Returns an unanchored pattern that matches the logical IDs of all resources of a function except
 * its routes.
 */
export function functionIds(key: string): string {
  const escaped = escapePattern(logicalId(key));
  return `(?:${escaped}(?:${KINDS.join('|')})|HttpApiIntegration${escaped}|\\w+To${escaped}DLQPolicy)`;
}

/** Returns the logical IDs of a function's routes. */
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
