/*
 * Decides by the state of a stack what can be done with it
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html).
 */

import type { Message, MessageTemplate } from '../message.ts';
import type { Stack } from '../service/deployment.ts';
import { formatWords } from '../util/shell-words.ts';
import { withFullStop } from '../util/text.ts';
import * as messages from './messages.ts';

/** A stack, and the options with which commands reach it. */
export interface StackAddress {
  readonly stackName: string;
  readonly region: string;
  readonly stage: string;
  /** The `--aws-profile` of the command line, for suggested commands. */
  readonly profile: string | undefined;
}

type StackState = Pick<Stack, 'status' | 'reason'>;

/** The reason why a command cannot work, and what to do first. */
export interface Blocker {
  readonly message: Message;
  readonly hint: string;
}

/** Explains why the stack cannot be deployed now; undefined where it can. */
export function deployBlocker(stack: StackState, address: StackAddress): Blocker | undefined {
  const { status } = stack;
  const removeFirst = `${ourCommand('remove', address)}, then deploy again`;
  const rollBack = (command: string) => `${awsCommand(command, address)}, then deploy again`;
  switch (status) {
    case 'ROLLBACK_COMPLETE':
    case 'ROLLBACK_FAILED':
    case 'CREATE_FAILED':
      return describe(stack, address, messages.firstDeploymentFailed, removeFirst);
    case 'REVIEW_IN_PROGRESS':
      return describe(stack, address, messages.inReview, removeFirst);
    case 'DELETE_FAILED':
      return describe(stack, address, messages.removalFailed, removeFirst);
    case 'UPDATE_FAILED':
      return describe(stack, address, messages.updateFailed, rollBack('rollback-stack'));
    case 'UPDATE_ROLLBACK_FAILED':
      return describe(stack, address, messages.updateFailed, rollBack('continue-update-rollback'));
    default:
      return inProgress(stack, address, 'deploy');
  }
}

/** Explains why the stack cannot be removed now; undefined where it can. */
export function removeBlocker(stack: StackState, address: StackAddress): Blocker | undefined {
  // A stack may be deleted while it is only planned or being created.
  if (['REVIEW_IN_PROGRESS', 'CREATE_IN_PROGRESS'].includes(stack.status)) return undefined;
  return inProgress(stack, address, 'remove');
}

/** The waiters of `aws cloudformation wait`, by the beginning of the current state. */
const WAITERS: readonly (readonly [RegExp, string])[] = [
  [/^CREATE_/, 'stack-create-complete'],
  [/^UPDATE_ROLLBACK_/, 'stack-rollback-complete'],
  [/^UPDATE_/, 'stack-update-complete'],
  [/^DELETE_/, 'stack-delete-complete'],
  [/^IMPORT_/, 'stack-import-complete'],
];

function inProgress(stack: StackState, address: StackAddress, verb: string): Blocker | undefined {
  if (!stack.status.endsWith('_IN_PROGRESS')) return undefined;
  const waiter = WAITERS.find(([pattern]) => pattern.test(stack.status))?.[1];
  const wait =
    waiter === undefined
      ? `wait until ${awsCommand('describe-stacks', address)} says ROLLBACK_COMPLETE`
      : awsCommand(`wait ${waiter}`, address);
  return describe(stack, address, messages.inProgress, `${wait}, then ${verb} again`);
}

function describe(
  stack: StackState,
  { stackName, region }: StackAddress,
  problem: MessageTemplate<'stack' | 'region' | 'state'>,
  hint: string,
): Blocker {
  const message = problem({ stack: stackName, region, state: stack.status });
  return { message: withReasonOf(stack, message), hint };
}

/** Limits the query for the state of the stack after an interruption, in milliseconds. */
export const LAST_LOOK_MS = 4000;

/** Adds to a message why the stack is in its state, if AWS says so. */
export const withReasonOf = ({ reason }: Pick<Stack, 'reason'>, problem: Message): Message =>
  reason === undefined
    ? problem
    : messages.withAwsReason({ problem, reason: withFullStop(reason) });

/** Formats a command of this CLI for the same stage, region and profile. */
export function ourCommand(
  name: string,
  { stage, region, profile }: Omit<StackAddress, 'stackName'>,
): string {
  const given = { '--stage': stage, '--region': region, '--aws-profile': profile };
  const options = Object.entries(given).flatMap(([flag, value]) =>
    value === undefined ? [] : [flag, value],
  );
  return formatWords(['create-lambda-hello', name, ...options]);
}

function awsCommand(name: string, { stackName, region, profile }: StackAddress): string {
  const options = ['--stack-name', stackName, '--region', region];
  if (profile !== undefined) options.push('--profile', profile);
  return `aws cloudformation ${name} ${formatWords(options)}`;
}
