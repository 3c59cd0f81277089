/**
 * Reproduces the part of osls 4.3.1's configuration schema that Dart services use. Its sources are
 * lib/config-schema.js, lib/plugins/aws/provider.js and, in
 * lib/plugins/aws/package/compile/events/, api-gateway/index.js and http-api.js
 * (https://github.com/oss-serverless/osls/tree/v4.3.1/lib). A test compares it with the schema of
 * the osls that new services install.
 */

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** The keys of each map. osls refuses all others unless a plugin has added them to the schema. */
export const OSLS_KEYS = {
  root: words(`
    configValidationMode custom deprecationNotificationMode disabledDeprecations
    frameworkVersion functions layers package params plugins projectDir provider resources
    service useDotenv variablesResolutionMode
  `),
  provider: words(`
    alb apiGateway apiName architecture cfnRole cloudFront deletionProtection
    deploymentBucket deploymentMethod deploymentPrefix disableRollback ecr endpointType
    environment httpApi iam iamManagedPolicies iamRoleStatements kinesis kmsKeyArn layers
    logDataProtectionPolicy logRetentionInDays logs memorySize name notificationArns profile
    pruneFunctionVersions region role rolePermissionsBoundary rollbackConfiguration runtime
    runtimeManagement s3 stackName stackParameters stackPolicy stackTags stage tags timeout
    tracing versionFunctions vpc vpcEndpointIds websocket websocketsApiName
    websocketsApiRouteSelectionExpression websocketsDescription
  `),
  package: words(`
    artifact excludeDevDependencies individually path patterns
  `),
  function: words(`
    architecture awsKmsKeyArn condition dependsOn description destinations disableLogs
    durableConfig environment ephemeralStorageSize events fileSystemConfig handler httpApi
    image kmsKeyArn layers logDataProtectionPolicy logRetentionInDays logs maximumEventAge
    maximumRetryAttempts memorySize name onError package provisionedConcurrency
    recursiveLoop reservedConcurrency role runtime runtimeManagement snapStart tags timeout
    tracing url versionFunction vpc
  `),
  functionPackage: words(`
    artifact individually patterns
  `),
  event: words(`
    activemq alb alexaSkill alexaSmartHome cloudFront cloudwatchEvent cloudwatchLog
    cognitoUserPool eventBridge http httpApi iot iotFleetProvisioning kafka msk rabbitmq s3
    schedule sns sqs stream websocket
  `),
  http: words(`
    async authorizer connectionId connectionType cors integration method operationId path
    private request response timeoutInMillis
  `),
  httpApi: words(`
    authorizer method path
  `),
};

/** The patterns for names of services and functions. */
export const OSLS_NAMES = {
  service: /^[a-zA-Z][0-9a-zA-Z-]+$/,
  function: /^[a-zA-Z0-9-_]+$/,
};

/** Kept apart from our own METHODS on purpose: osls decides what osls accepts. */
const METHODS = 'ANY|GET|POST|PUT|PATCH|OPTIONS|HEAD|DELETE';

/** Matches an event in one line: `GET /hello`. */
export const OSLS_ROUTE = new RegExp(`^(?:\\*|(${METHODS}) (/\\S*))$`, 'i');

/** Matches the path of an event that is a map. */
export const OSLS_PATH = { http: /^(?:\*|\/?\S*)$/, httpApi: /^(?:\*|\/\S*)$/ };

/** The valid numbers for settings of the provider and of functions. */
export const OSLS_NUMBERS: Readonly<
  Record<string, { readonly least: number; readonly most: number }>
> = {
  memorySize: { least: 128, most: 10240 },
  timeout: { least: 1, most: 900 },
};
