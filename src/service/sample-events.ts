import { decodeParameters, decodePath, withOneLeadingSlash } from './http-paths.ts';
import { isRecord } from './values.ts';

/** The sample events of templates/events/ by name, and what each one is. */
export const SAMPLE_EVENTS = {
  'apigw-rest': 'a request of an API Gateway REST API (payload 1.0)',
  'apigw-http': 'a request of an API Gateway HTTP API (payload 2.0)',
  'function-url': 'a request of a Lambda function URL',
  alb: 'a request of an Application Load Balancer',
  s3: 'an object was created in an S3 bucket',
  sqs: 'a message of an SQS queue',
  sns: 'a notification of an SNS topic',
  eventbridge: 'an event of an EventBridge bus',
  schedule: 'an EventBridge schedule is due',
  dynamodb: 'two records of a DynamoDB stream',
  kinesis: 'a record of a Kinesis data stream',
  cognito: 'a user signs up in a Cognito user pool (pre sign-up trigger)',
} as const;

export type SampleName = keyof typeof SAMPLE_EVENTS;

/** The samples that are HTTP requests. */
export const HTTP_SAMPLES = ['apigw-rest', 'apigw-http', 'function-url', 'alb'] as const;
export type HttpSampleName = (typeof HTTP_SAMPLES)[number];

/** Whether the text names a sample. */
export function isSampleName(text: string): text is SampleName {
  return Object.hasOwn(SAMPLE_EVENTS, text);
}

/** Whether the sample is an HTTP request. */
export function isHttpSample(name: SampleName): name is HttpSampleName {
  return (HTTP_SAMPLES as readonly SampleName[]).includes(name);
}

/** The request that a sample is to show. */
export interface SampleRequest {
  readonly method: string;
  /** As a client sends it, without the query. */
  readonly path: string;
  /** As a client sends it, without the question mark. */
  readonly query: string;
  readonly route: {
    /** `ANY` for all. */
    readonly method: string;
    /** `/orders/{id}`, or `$default`. */
    readonly path: string;
  };
  /** The values of the route's parameters, as a client sends them. */
  readonly parameters: Readonly<Record<string, string>>;
}

type Event = Readonly<Record<string, unknown>>;

/** The sample as the request would have made it. */
export function withRequest(name: HttpSampleName, event: Event, request: SampleRequest): Event {
  if (name === 'apigw-rest') return restEvent(event, request);
  if (name === 'alb') return albEvent(event, request);
  const { path, route, parameters } = request;
  if (name === 'function-url') return payload2(event, { ...request, parameters: {} }, '$default');
  const decoded = { ...request, path: decodePath(path) };
  if (route.path === '$default') return payload2(event, { ...decoded, parameters: {} }, route.path);
  const routeKey = `${route.method} ${route.path}`;
  return payload2(event, { ...decoded, parameters: decodeParameters(parameters) }, routeKey);
}

function restEvent(event: Event, { method, path, query, route, parameters }: SampleRequest): Event {
  const lists = listsOf(query);
  const context = contextOf(event);
  return {
    ...event,
    resource: route.path,
    path: withOneLeadingSlash(path),
    httpMethod: method,
    queryStringParameters: orNull(mapValues(lists, (values) => values.at(-1))),
    multiValueQueryStringParameters: orNull(lists),
    pathParameters: orNull(parameters),
    requestContext: {
      ...context,
      resourcePath: route.path,
      httpMethod: method,
      path: `/${context.stage}${path}`,
    },
  };
}

/** As HTTP APIs and function URLs send it: what is empty is left out. */
function payload2(
  event: Event,
  { method, path, query, parameters }: SampleRequest,
  routeKey: string,
): Event {
  const context = contextOf(event);
  const values = mapValues(listsOf(query), (list) => list.join(','));
  return {
    ...event,
    routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(orNull(values) && { queryStringParameters: values }),
    ...(orNull(parameters) && { pathParameters: parameters }),
    requestContext: {
      ...context,
      http: { ...(isRecord(context.http) ? context.http : {}), method, path },
      routeKey,
    },
  };
}

/** A load balancer passes the query on encoded, as it came. */
function albEvent(event: Event, { method, path, query }: SampleRequest): Event {
  const pairs = query.split('&').filter((pair) => pair !== '');
  const entries = pairs.map((pair): [string, string] => {
    const [name = '', ...value] = pair.split('=');
    return [name, value.join('=')];
  });
  return { ...event, httpMethod: method, path, queryStringParameters: Object.fromEntries(entries) };
}

function contextOf(event: Event): Record<string, unknown> {
  return isRecord(event.requestContext) ? event.requestContext : {};
}

/** Every name of a query with its values. */
function listsOf(query: string): Record<string, string[]> {
  const search = new URLSearchParams(query);
  return Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name)]));
}

function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  map: (value: T) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

const orNull = <T extends object>(record: T): T | null =>
  Object.keys(record).length > 0 ? record : null;
