/** Describes a function whose events come from other sources than an HTTP API. */

import { isRecord } from '../util/json.ts';

/**
 * Holds a value as it is written in serverless.yml. `{ 'Fn::GetAtt': ['Queue', 'Arn'] }` and `{ Ref:
 * 'Queue' }` are written as `!GetAtt Queue.Arn` and `!Ref Queue` in YAML.
 */
export type Written = string | number | boolean | readonly Written[] | WrittenMap;
export interface WrittenMap {
  readonly [key: string]: Written;
}

export interface SourceEvent {
  /** The key of the event in serverless.yml: `sqs`. */
  readonly kind: string;
  readonly settings: Written;
}

/** Describes a function to be added, and what it needs besides. */
export interface NewFunction {
  readonly key: string;
  /** For example `main.onOrder`. */
  readonly handler: string;
  /** Empty for a function that something else names. */
  readonly events: readonly SourceEvent[];
  /** Such as `timeout`. */
  readonly settings?: WrittenMap;
  /** New entries of `resources.Resources` by their logical IDs. */
  readonly resources?: WrittenMap;
  /** New statements of `provider.iam.role.statements`. */
  readonly statements?: readonly Written[];
}

/** Says what an addition wrote to serverless.yml, which the removal takes out again. */
export interface AddedFunction extends Omit<NewFunction, 'key' | 'handler'> {
  /**
   * The text that stood in place of an empty parent of resources or statements, by the path of
   * the parent: `resources.Resources`.
   */
  readonly emptied?: Readonly<Record<string, string>>;
}

/** Describes a recorded function. */
export interface RecordedFunction extends AddedFunction {
  /** The source of its events, as `add-function --event` takes it. */
  readonly event: string;
}

/** Maps the keys of functions to what was written for them. */
export type FunctionRecord = ReadonlyMap<string, RecordedFunction>;

const isWritten = (value: unknown): value is Written =>
  ['string', 'number', 'boolean'].includes(typeof value) ||
  (Array.isArray(value) ? value.every(isWritten) : isWrittenMap(value));

const isWrittenMap = (value: unknown): value is WrittenMap =>
  isRecord(value) && Object.values(value).every(isWritten);

/** Checks an entry of the record. */
export const isRecordedFunction = (value: unknown): value is RecordedFunction =>
  isRecord(value) &&
  typeof value.event === 'string' &&
  Array.isArray(value.events) &&
  value.events.every(
    (event) => isRecord(event) && typeof event.kind === 'string' && isWritten(event.settings),
  ) &&
  (value.settings === undefined || isWrittenMap(value.settings)) &&
  (value.resources === undefined || isWrittenMap(value.resources)) &&
  (value.statements === undefined ||
    (Array.isArray(value.statements) && value.statements.every(isWritten))) &&
  (value.emptied === undefined ||
    (isRecord(value.emptied) &&
      Object.values(value.emptied).every((text) => typeof text === 'string')));
