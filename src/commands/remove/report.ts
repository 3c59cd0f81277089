import type { DeployTarget } from '../../aws/deploy-target.ts';
import type { StackResource } from '../../service/deployment.ts';
import { formatTable } from '../../ui/report.ts';

/** The types of resources that users know by name; the others are only counted. */
const KINDS: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'Functions',
  'AWS::ApiGateway::RestApi': 'APIs',
  'AWS::ApiGatewayV2::Api': 'APIs',
  'AWS::Logs::LogGroup': 'Log groups',
  'AWS::S3::Bucket': 'Buckets',
  'AWS::DynamoDB::Table': 'Tables',
  'AWS::DynamoDB::GlobalTable': 'Tables',
  'AWS::RDS::DBInstance': 'Databases',
  'AWS::RDS::DBCluster': 'Databases',
  'AWS::SQS::Queue': 'Queues',
  'AWS::SNS::Topic': 'Topics',
  'AWS::IAM::Role': 'Roles',
};

/** Formats a table of where the service is, what will be deleted and what will be kept. */
export function formatRemoval(
  { service, stage, region, stackName }: DeployTarget,
  account: string,
  resources: readonly StackResource[],
  retained: ReadonlySet<string>,
): string {
  const going = resources.filter(({ logicalId }) => !retained.has(logicalId));
  // Versions are retained for a rollback, but are deleted with their function.
  const staying = resources.filter(
    ({ logicalId, type }) => retained.has(logicalId) && type !== 'AWS::Lambda::Version',
  );
  const kinds = new Map<string, string[]>();
  let others = 0;
  for (const { type, physicalId, logicalId } of going) {
    const kind = KINDS[type];
    if (kind === undefined) others++;
    else kinds.set(kind, [...(kinds.get(kind) ?? []), physicalId || logicalId]);
  }
  const names = (list: readonly StackResource[]) =>
    list.map(({ physicalId, logicalId }) => physicalId || logicalId).join(', ');
  return formatTable([
    ['Service', service.name],
    ['Account', account],
    ['Region', region],
    ['Stage', stage],
    ['Stack', stackName],
    ...[...kinds].map(([kind, list]) => [kind, list.join(', ')]),
    ...(others === 0 ? [] : [['Others', `${others}, which connect these`]]),
    ...(staying.length === 0 ? [] : [['Stays', `${names(staying)} (DeletionPolicy: Retain)`]]),
  ]);
}
