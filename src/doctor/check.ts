import type { Aws, AwsOptions } from '../aws/client.ts';
import { messageOf, UserError } from '../errors.ts';
import type { OslsFinding } from '../serverless-yml/osls/finding.ts';
import type { Deployment } from '../service/deployment.ts';
import type { Service } from '../service/service.ts';
import type { Run } from '../tools/command.ts';
import type { Machine } from '../tools/machine.ts';
import type { Env } from '../util/env.ts';
import type { Toolchain } from './toolchain.ts';

/** `warn`: something will not work, or was not looked at, and there is a way around it. */
export type Status = 'ok' | 'warn' | 'fail';

export interface Finding {
  readonly status: Status;
  readonly detail: string;
  /** What to try. */
  readonly fix?: string;
}

/** One thing that is looked at. New ones go into the table of examine.ts. */
export interface Check {
  /** Its name in the JSON; it stays. */
  readonly id: string;
  readonly title: string;
  /** What it is when it takes too long; `fail` unless given. */
  readonly statusWhenSlow?: Status;
  /** What to try when it takes too long. */
  readonly fixWhenSlow?: string;
  run(context: CheckContext): Promise<Finding>;
}

export interface Result extends Finding {
  readonly id: string;
  readonly title: string;
}

/** The service of the folder, as far as there is one and it can be read. */
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
      /** What osls refuses of it, or does otherwise than it seems; absent where that was not looked at. */
      readonly findings?: readonly OslsFinding[];
    };

/** What a check may look at. */
export interface CheckContext {
  readonly cwd: string;
  readonly env: Env;
  readonly run: Run;
  readonly machine: Machine;
  readonly service: ServiceState;
  /** As `--stage`, `--region` and `--aws-profile`. */
  readonly stage: string | undefined;
  readonly region: string | undefined;
  readonly profile: string | undefined;
  /** As `--param`, each `name=value`. */
  readonly param?: readonly string[] | undefined;
  readonly toolchain: Toolchain;
  readonly connectAws: (options: AwsOptions) => Promise<Pick<Aws, 'callerIdentity'>>;
  /** Aborted when the check has taken too long, or the user stops the command. */
  readonly signal: AbortSignal;
}

/** How long a check may take, in milliseconds. */
const LIMIT = 5000;

/** Runs a check. It never throws, and ends in time whatever the check does. */
export async function runCheck(
  check: Check,
  context: CheckContext,
  limit = LIMIT,
): Promise<Result> {
  const { id, title, statusWhenSlow: status = 'fail', fixWhenSlow } = check;
  const tooLate = new AbortController();
  const timer = setTimeout(() => tooLate.abort(), limit);
  const signal = AbortSignal.any([context.signal, tooLate.signal]);
  const late = new Promise<Finding>((resolve) => {
    const detail = `no answer within ${limit / 1000} s`;
    const finding = { status, detail, ...(fixWhenSlow && { fix: fixWhenSlow }) };
    signal.addEventListener('abort', () => resolve(finding), { once: true });
  });
  try {
    const finding = await Promise.race([check.run({ ...context, signal }), late]);
    return { id, title, ...withoutSecrets(finding, context.env) };
  } catch (error) {
    return { id, title, ...withoutSecrets(failureOf(error), context.env) };
  } finally {
    clearTimeout(timer);
  }
}

/** An expected error as a finding. */
export function findingOf({ message, hint }: UserError, status: Status): Finding {
  return { status, detail: message, ...(hint !== undefined && { fix: hint }) };
}

function failureOf(error: unknown): Finding {
  if (error instanceof UserError) return findingOf(error, 'fail');
  return {
    status: 'fail',
    detail: `the check itself failed, please report it: ${messageOf(error)}`,
  };
}

/** What AWS or a program answers is shown; were a credential quoted in it, it would be too. */
function withoutSecrets(finding: Finding, env: Env): Finding {
  const secrets = Object.entries(env)
    .filter(([name]) => /^AWS_.*(ACCESS_KEY(_ID)?|SESSION_TOKEN)$/.test(name))
    .map(([, value]) => value ?? '')
    .filter((value) => value.length >= 16); // a shorter one is a placeholder, and may be any word
  const clean = (text: string): string =>
    secrets
      .reduce((cleaned, secret) => cleaned.replaceAll(secret, '***'), text)
      .replace(/\b(AKIA|ASIA)[A-Z0-9]{16}\b/g, '***');
  const { status, detail, fix } = finding;
  return { status, detail: clean(detail), ...(fix !== undefined && { fix: clean(fix) }) };
}
