import type { Aws, AwsOptions } from '../aws/client.ts';
import { messageOf, UserError } from '../errors.ts';
import type { Message } from '../message.ts';
import type { OslsFinding } from '../serverless-yml/osls/finding.ts';
import type { Deployment } from '../service/deployment.ts';
import type { Service } from '../service/service.ts';
import type { Run } from '../tools/command.ts';
import type { Machine } from '../tools/machine.ts';
import { noAnswer } from '../tools/messages.ts';
import type { Env } from '../util/env.ts';
import { withTimeLimit } from '../util/within.ts';
import { checkFailed } from './messages.ts';
import type { Toolchain } from './toolchain.ts';

/** `warn`: something will not work, or could not be checked, but there is a way around it. */
type Trouble = 'warn' | 'fail';

export type Status = 'ok' | Trouble;

export type Finding =
  | { readonly status: 'ok'; readonly detail: string; readonly fix?: never }
  | {
      readonly status: Trouble;
      readonly detail: Message;
      /** The suggestion for the user. */
      readonly fix?: string;
      /** The same in parts, where there is more than one thing to say. */
      readonly parts?: readonly Part[];
    };

/** A part of a finding, which has lines of its own. */
export interface Part {
  readonly detail: string;
  readonly fix?: string | undefined;
}

/** A check of `doctor`. */
export interface Check {
  /** The name in the JSON, which must not change. */
  readonly id: string;
  readonly title: string;
  /** The status after a timeout; `fail` by default. */
  readonly statusWhenSlow?: Trouble;
  /** The suggestion after a timeout. */
  readonly fixWhenSlow?: string;
  run(context: CheckContext): Promise<Finding>;
}

/** A finding as it is shown. */
export interface Result {
  readonly id: string;
  readonly title: string;
  readonly status: Status;
  readonly detail: string;
  readonly fix?: string;
  /** For people; programs get `detail` and `fix`, which say the same. */
  readonly parts?: readonly Part[];
}

/** The service in the current folder, if there is one that can be read. */
export type ServiceState =
  | { readonly kind: 'none'; readonly error: UserError }
  | { readonly kind: 'unreadable'; readonly root: string; readonly error: UserError }
  | {
      readonly kind: 'found';
      readonly root: string;
      readonly service: Pick<Service, 'name' | 'stage' | 'region'> &
        Partial<Pick<Service, 'functions' | 'gateway'>>;
      readonly deployment: Pick<Deployment, 'profile' | 'architectures'>;
      readonly warnings: readonly string[];
      /** The errors and surprises that osls has in store; absent where they were not looked for. */
      readonly findings?: readonly OslsFinding[];
    };

/** The input of a check. */
export interface CheckContext {
  readonly cwd: string;
  readonly env: Env;
  readonly run: Run;
  readonly machine: Machine;
  readonly service: ServiceState;
  /** As in `--stage`, `--region` and `--aws-profile`. */
  readonly stage: string | undefined;
  readonly region: string | undefined;
  readonly profile: string | undefined;
  /** As in `--param`, each `name=value`. */
  readonly param?: readonly string[] | undefined;
  readonly toolchain: Toolchain;
  readonly connectAws: (options: AwsOptions) => Promise<Pick<Aws, 'callerIdentity'>>;
  /** Aborted after a timeout, or when the user stops the command. */
  readonly signal: AbortSignal;
}

/** The timeout of a check, in milliseconds. */
const LIMIT = 5000;

/** Runs a check within its timeout. Never throws. */
export async function runCheck(
  check: Check,
  context: CheckContext,
  limit = LIMIT,
): Promise<Result> {
  const { id, title, statusWhenSlow: status = 'fail', fixWhenSlow } = check;
  try {
    const finding = await withTimeLimit(context.signal, limit, (signal) => {
      const late = new Promise<Finding>((resolve) => {
        const detail = noAnswer({ seconds: limit / 1000 });
        const slow = { status, detail, ...(fixWhenSlow && { fix: fixWhenSlow }) };
        signal.addEventListener('abort', () => resolve(slow), { once: true });
      });
      return Promise.race([check.run({ ...context, signal }), late]);
    });
    return { id, title, ...withoutSecrets(finding, context.env) };
  } catch (error) {
    return { id, title, ...withoutSecrets(failureOf(error), context.env) };
  }
}

/** Turns an expected error into a finding. */
export function findingOf({ message, hint }: UserError, status: Trouble): Finding {
  return { status, detail: message, ...(hint !== undefined && { fix: hint }) };
}

function failureOf(error: unknown): Finding {
  if (error instanceof UserError) return findingOf(error, 'fail');
  return { status: 'fail', detail: checkFailed({ error: messageOf(error) }) };
}

/** Hides credentials in a finding, as output of AWS or of a program may quote them. */
function withoutSecrets(finding: Finding, env: Env): Omit<Result, 'id' | 'title'> {
  const secrets = Object.entries(env)
    .filter(([name]) => /^AWS_.*(ACCESS_KEY(_ID)?|SESSION_TOKEN)$/.test(name))
    .map(([, value]) => value ?? '')
    .filter((value) => value.length >= 16); // a shorter value is a placeholder, and may be any word
  const clean = (text: string): string =>
    secrets
      .reduce((cleaned, secret) => cleaned.replaceAll(secret, '***'), text)
      .replace(/\b(AKIA|ASIA)[A-Z0-9]{16}\b/g, '***');
  const cleanPart = ({ detail, fix }: Part) => ({
    detail: clean(detail),
    ...(fix !== undefined && { fix: clean(fix) }),
  });
  const parts = finding.status === 'ok' ? undefined : finding.parts?.map(cleanPart);
  return { status: finding.status, ...cleanPart(finding), ...(parts && { parts }) };
}
