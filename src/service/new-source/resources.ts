/** Finds and makes the resources that the events of a function come from. */

import { UsageError } from '../../errors.ts';
import { at } from '../../message.ts';
import { asText, isUnknown, recordOf } from '../../util/json.ts';
import { inQuotes } from '../../util/text.ts';
import type { Written, WrittenMap } from '../new-function.ts';
import * as messages from './messages.ts';

/** A kind of resource that a function's events come from. */
export interface ResourceKind {
  /** `queue`, as in `--queue`. */
  readonly kind: string;
  /** `AWS::SQS::Queue`. */
  readonly type: string;
  /** The property that has its name. */
  readonly nameProperty: string;
  /** The attribute that its events are read from; `Ref` for what a reference gives. */
  readonly attribute: string;
  /** The service in its ARN: `sqs`. */
  readonly service: string;
  /** The names that AWS takes. */
  readonly names: RegExp;
}

/** The resources of a service by logical id. */
export type OwnResources = Readonly<Record<string, unknown>>;

/** Says what is to be made with a resource. */
export interface MadeResource {
  /** How its events are read. */
  readonly arn: Written;
  readonly resources: WrittenMap;
}

/**
 * Returns how a resource that exists is written: an ARN as it is, an export of another stack as an
 * import, and one of the service's own by its logical id.
 *
 * @throws UsageError when the service has none of that name, or the ARN is of something else
 */
export function existing(kind: ResourceKind, text: string, own: OwnResources): Written {
  if (text.startsWith('arn:')) {
    if (text.split(':')[2] === kind.service) return text;
    throw new UsageError(
      at(`--${kind.kind}`, messages.notAnArnOf({ kind: kind.kind, value: inQuotes(text) })),
      `an ARN that starts with  arn:aws:${kind.service}:`,
    );
  }
  const [, imported] = /^import:(.+)$/.exec(text) ?? [];
  if (imported !== undefined) return { 'Fn::ImportValue': imported };
  const id = ownId(kind, text, own);
  if (id === undefined) {
    throw new UsageError(
      at(`--${kind.kind}`, messages.noSuchResource({ kind: kind.kind, name: inQuotes(text) })),
      `add --create to make it, or give its ARN, or import: and the name of an export`,
    );
  }
  return read(kind, id);
}

/**
 * Returns a resource of the given name, with what is made for it.
 *
 * @param resources makes it, and what belongs to it, for a logical id
 * @throws UsageError when the text is no name
 */
export function created(
  kind: ResourceKind,
  text: string,
  resources: (id: string) => WrittenMap,
): MadeResource {
  requireName(kind, text);
  const id = newId(kind, text);
  return { arn: read(kind, id), resources: resources(id) };
}

/** @throws UsageError when the text is an ARN or an import, or no name that AWS takes */
export function requireName(
  { kind, names }: Pick<ResourceKind, 'kind' | 'names'>,
  text: string,
): void {
  const value = inQuotes(text);
  if (/^(arn|import):/.test(text)) {
    throw new UsageError(
      at(`--${kind}`, messages.notCreatedByArn({ kind, value })),
      'leave out --create',
    );
  }
  if (names.test(text)) return;
  throw new UsageError(
    at(`--${kind}`, messages.notANameOf({ kind, value })),
    'letters, digits, - and _',
  );
}

/** @throws UsageError when the table, or the ARN, is none of a stream */
export function requireStream(kind: ResourceKind, text: string, own: OwnResources): void {
  const id = ownId(kind, text, own);
  const properties = recordOf(recordOf(own[id ?? '']).Properties);
  const isArn = text.startsWith('arn:');
  const hasStream = isArn ? text.includes('/stream/') : properties.StreamSpecification;
  if (hasStream || (id === undefined && !isArn)) return;
  throw new UsageError(
    at(`--${kind.kind}`, messages.noStream({ place: inQuotes(text) })),
    isArn
      ? 'give the ARN of its stream, .../stream/...'
      : 'add  StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES }  to its Properties',
  );
}

/**
 * Finds a resource of the service by its logical id or its name, or by the name that it was made
 * with, which {@link staged} has made longer.
 */
export function ownId(kind: ResourceKind, text: string, own: OwnResources): string | undefined {
  const { type, nameProperty } = kind;
  const ids = [text, newId(kind, text)];
  const found = Object.entries(own).find(([id, resource]) => {
    const { Type, Properties } = recordOf(resource);
    const name = asText(recordOf(Properties)[nameProperty]);
    return Type === type && (ids.includes(id) || (!isUnknown(name) && name === text));
  });
  return found?.[0];
}

const read = ({ attribute }: ResourceKind, id: string): Written =>
  attribute === 'Ref' ? { Ref: id } : { 'Fn::GetAtt': [id, attribute] };

/** Makes the logical id of a new resource: `OrdersQueue` of the queue `orders`. */
const newId = ({ type }: ResourceKind, name: string): string =>
  `${logicalName(name)}${type.split('::').at(-1)}`;

/** Makes a logical id's start of a name: `Orders` of `orders.fifo`, `BigOrders` of `big-orders`. */
function logicalName(name: string): string {
  return name
    .replace(/\.fifo$/, '')
    .split(/[^a-zA-Z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

const SERVICE = `\${self:service}`;
const STAGE = `\${sls:stage}`;

/** Makes a name that each service and stage has its own of. */
export const staged = (name: string): string => `${SERVICE}-${STAGE}-${name}`;

/** Writes the names that {@link staged} has made as they are at a stage. */
export function atStage(
  resources: WrittenMap,
  { name, stage }: { readonly name: string; readonly stage: string },
): WrittenMap {
  const text = JSON.stringify(resources);
  return JSON.parse(text.replaceAll(SERVICE, name).replaceAll(STAGE, stage));
}
