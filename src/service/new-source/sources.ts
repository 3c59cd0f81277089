/** Writes the events of a new function for each source, and what they need besides. */

import type { Message } from '../../message.ts';
import type { EventSourceName } from '../event-sources.ts';
import type { SourceEvent, Written, WrittenMap } from '../new-function.ts';
import { map, onDemand, permission, QUEUE, queues, STREAM, TABLE, TOPIC, tableOf } from './made.ts';
import * as messages from './messages.ts';
import type { SourceOptions } from './options.ts';
import {
  created,
  existing,
  type OwnResources,
  type ResourceKind,
  requireName,
  requireStream,
} from './resources.ts';

/** Holds what a function of a source has in serverless.yml. */
export interface NewSource {
  readonly events: readonly SourceEvent[];
  readonly settings?: WrittenMap;
  readonly resources?: WrittenMap;
  readonly statements?: readonly Written[];
  /** What else has to be done before something calls the function. */
  readonly note?: Message;
}

/** Says where a function is to be added. */
export interface SourcePlace {
  readonly key: string;
  /** Whether what its events come from is to be made. */
  readonly create: boolean;
  /** The timeout that the function is going to have, in seconds. */
  readonly timeout: number;
  readonly resources: OwnResources;
  /** The priorities of the rules of load balancers that are taken. */
  readonly priorities: readonly number[];
}

type OptionName = keyof SourceOptions;

/** Describes how a function of a source is written. */
export interface SourceSpec {
  /** The options that it needs. */
  readonly needs: readonly OptionName[];
  /** The options that it may have. */
  readonly takes?: readonly OptionName[];
  /** What its events come from, where that is in serverless.yml, or else is no name alone. */
  readonly resource?: ResourceKind;
  /** Says why `--create` makes nothing for it, if that is so. */
  readonly creates?: (given: Pick<SourceOptions, 'bus'>) => Message | undefined;
  readonly write: (given: SourceOptions, place: SourcePlace) => NewSource;
}

/** Lambda retries the records that a function reports, and no others. */
const REPORTS = { functionResponseType: 'ReportBatchItemFailures' };

const event = (kind: string, settings: Written): readonly SourceEvent[] => [{ kind, settings }];

/** The sources by name. Their options are those of `add-function`. */
export const NEW_SOURCES: Readonly<Record<EventSourceName, SourceSpec>> = {
  sqs: {
    needs: ['queue'],
    resource: QUEUE,
    write({ queue = '' }, place) {
      const found = place.create
        ? created(QUEUE, queue, (id) => queues(id, queue, place.timeout))
        : { arn: existing(QUEUE, queue, place.resources), resources: {} };
      return { events: event('sqs', { arn: found.arn, ...REPORTS }), resources: found.resources };
    },
  },
  sns: {
    needs: ['topic'],
    resource: TOPIC,
    write({ topic = '' }, { create, resources }) {
      if (create) {
        requireName(TOPIC, topic);
        return { events: event('sns', topic) };
      }
      const arn = existing(TOPIC, topic, resources);
      // osls names its subscription after the topic.
      const topicName = topic.replace(/^import:/, '').replace(/[^\w-]/g, '-');
      return { events: event('sns', typeof arn === 'string' ? arn : { arn, topicName }) };
    },
  },
  s3: {
    needs: ['bucket'],
    takes: ['prefix', 'suffix'],
    write({ bucket = '', prefix, suffix }, { create }) {
      const rules = [
        ...(prefix === undefined ? [] : [{ prefix }]),
        ...(suffix === undefined ? [] : [{ suffix }]),
      ];
      const read = {
        ...{ Effect: 'Allow', Action: ['s3:GetObject'] },
        Resource: [`arn:aws:s3:::${bucket}/*`],
      };
      return {
        events: event(
          's3',
          map({
            ...{ bucket, event: 's3:ObjectCreated:*' },
            rules: rules.length > 0 ? rules : undefined,
            existing: create ? undefined : true,
          }),
        ),
        statements: create ? [read] : [],
      };
    },
  },
  dynamodb: {
    needs: ['table'],
    resource: TABLE,
    write({ table = '' }, { create, resources }) {
      if (!create) requireStream(TABLE, table, resources);
      const found = create
        ? created(TABLE, table, (id) => ({ [id]: tableOf(table) }))
        : { arn: existing(TABLE, table, resources), resources: {} };
      return streamOf('dynamodb', found, 'TRIM_HORIZON');
    },
  },
  kinesis: {
    needs: ['stream'],
    resource: STREAM,
    write({ stream = '' }, { create, resources }) {
      const found = create
        ? created(STREAM, stream, (id) => ({ [id]: onDemand(stream) }))
        : { arn: existing(STREAM, stream, resources), resources: {} };
      return streamOf('kinesis', found, 'LATEST');
    },
  },
  schedule: {
    needs: ['rate'],
    takes: ['cron', 'timezone'],
    creates: messages.oslsMakesRule,
    write({ rate, cron, timezone }) {
      const due = cron ?? rate ?? '';
      // Only EventBridge Scheduler knows time zones.
      const scheduler = timezone && { rate: [due], method: 'scheduler', timezone };
      return { events: event('schedule', scheduler ?? due) };
    },
  },
  eventbridge: {
    needs: ['pattern'],
    takes: ['bus'],
    creates: ({ bus = 'default' }) => (bus === 'default' ? messages.defaultBus() : undefined),
    write: ({ pattern, bus }, { create }) => {
      if (create) requireName({ kind: 'bus', names: /^[\w./-]{1,256}$/ }, bus ?? '');
      const eventBus = bus?.startsWith('import:')
        ? { 'Fn::ImportValue': bus.slice('import:'.length) }
        : bus;
      return { events: event('eventBridge', map({ eventBus, pattern: pattern as WrittenMap })) };
    },
  },
  logs: {
    needs: ['logGroup'],
    takes: ['filter'],
    creates: messages.groupHasToExist,
    write: ({ logGroup = '', filter }) => ({
      events: event('cloudwatchLog', filter === undefined ? logGroup : { logGroup, filter }),
    }),
  },
  cognito: {
    needs: ['pool', 'trigger'],
    takes: ['kmsKey'],
    write: ({ pool = '', trigger = '', kmsKey }, { create }) => ({
      events: event(
        'cognitoUserPool',
        map({ pool, trigger, kmsKeyId: kmsKey, existing: create ? undefined : true }),
      ),
    }),
  },
  firehose: {
    needs: [],
    creates: messages.ownerNames,
    write: (_, { key, timeout }) => ({
      events: [],
      // Firehose gives a function up to five minutes, and AWS advises one at least.
      ...(timeout < 60 && { settings: { timeout: 60 } }),
      note: messages.attachFirehose({ function: key }),
    }),
  },
  ses: {
    needs: [],
    write: (_, { key, create }) => ({
      events: [],
      resources: create ? permission(key) : {},
      note: messages.attachReceiptRule({
        function: key,
        permission: create ? '' : ', which needs a permission to call it: --create makes that',
      }),
    }),
  },
  iot: {
    needs: ['sql'],
    creates: messages.oslsMakesRule,
    write: ({ sql = '' }) => ({ events: event('iot', { sql }) }),
  },
  alb: {
    needs: ['listener'],
    takes: ['path'],
    creates: messages.oslsMakesRule,
    write: ({ listener = '', path }, { key, priorities }) => ({
      events: event('alb', {
        listenerArn: listener,
        priority: Math.max(0, ...priorities) + 1,
        conditions: { path: path ?? `/${key}` },
      }),
    }),
  },
  websocket: {
    needs: ['route'],
    creates: messages.oslsMakesRoute,
    write: ({ route = '' }) => ({ events: event('websocket', route) }),
  },
  authorizer: {
    needs: ['type'],
    creates: messages.ownerNames,
    write: (_, { key }) => ({ events: [], note: messages.attachAuthorizer({ function: key }) }),
  },
  appsync: {
    needs: [],
    creates: messages.ownerNames,
    write: (_, { key }) => ({ events: [], note: messages.attachResolver({ function: key }) }),
  },
};

function streamOf(
  type: string,
  { arn, resources }: { readonly arn: Written; readonly resources: WrittenMap },
  startingPosition: string,
): NewSource {
  return { events: event('stream', { type, arn, startingPosition, ...REPORTS }), resources };
}
