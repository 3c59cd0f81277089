import { connectTo, readDeployTarget } from '../../aws/deploy-target.ts';
import { type InvokeCall, type InvokeResponse, invokeLocal } from '../../aws/invoke-client.ts';
import { notKnown } from '../../aws/messages.ts';
import { ourCommand } from '../../aws/stack-state.ts';
import type { Context } from '../../context.ts';
import { InvalidValueError, UsageError, UserError } from '../../errors.ts';
import { readDevAddress } from '../../local/dev-address.ts';
import { asSentence, at } from '../../message.ts';
import { SAMPLE_EVENTS } from '../../sample/event/names.ts';
import { DEFAULT_ADDRESS } from '../../service/defaults.ts';
import type { Service, ServiceFunction } from '../../service/service.ts';
import { packageNameIn } from '../../service-folder/package-name.ts';
import { readService, requireFunctions } from '../../service-folder/read.ts';
import { type Argument, askUnless, resolveArgument } from '../../ui/ask.ts';
import { formatTable } from '../../ui/report.ts';
import { isRecord, isUnknown } from '../../util/json.ts';
import { notAJsonObject } from '../../util/messages.ts';
import { inQuotes } from '../../util/text.ts';
import { noSuchFunction } from '../messages.ts';
import { eventOf, requireJson } from './event.ts';
import { checkInvokeFlags } from './flags.ts';
import * as messages from './messages.ts';
import type { InvokeFlags } from './options.ts';
import { describeError, jsonDocument, pretty, readableError, withoutError } from './output.ts';

/** Holds a service, and how its functions are called. */
interface Target {
  readonly root: string;
  readonly service: Service;
  readonly call: (fn: ServiceFunction, call: Omit<InvokeCall, 'name'>) => Promise<InvokeResponse>;
  /** Says where to read more after the function has failed. */
  readonly logHint: (fn: ServiceFunction) => string;
}

/**
 * Invokes a function of the service in the current folder, in the running `dev` or, with
 * `--stage`, the deployed one. The response is the result, and the log goes to standard error.
 *
 * @throws UserError when the function fails, or when it cannot be called
 */
export async function invoke(
  context: Context,
  name: string | undefined,
  flags: InvokeFlags,
): Promise<void> {
  const { out } = context;
  if (flags.listEvents) return out.result(listEvents(flags));
  checkInvokeFlags(flags);
  const { root, service, call, logHint } =
    flags.stage === undefined
      ? await localTarget(context, flags)
      : await deployedTarget(context, flags);
  const { ask } = askUnless(false, context);
  const fn = await resolveArgument(functionArgument(service), name, ask);
  const clientContext = readClientContext(flags.clientContext);
  const event = await eventOf(context, service, fn, flags);
  const response = await out.waitFor(`Calling ${fn.key}`, call(fn, { event, clientContext }));
  const { payload, functionError } = response;
  const logs = withoutError(response).trimEnd();
  if (logs !== '') out.note(logs);
  if (flags.json) out.result(jsonDocument(response));
  else if (functionError !== undefined && !flags.verbose) {
    const packageName = await packageNameIn(root);
    out.result(readableError(payload, { root, cwd: context.cwd, packageName }));
  } else if (payload !== '') out.result(pretty(payload));
  if (functionError === undefined) return;
  const error = describeError(payload, functionError);
  throw new UserError(messages.functionFailed({ function: fn.key, error }), logHint(fn));
}

function listEvents({ json }: InvokeFlags): string {
  return json
    ? JSON.stringify(SAMPLE_EVENTS, undefined, 2)
    : formatTable(Object.entries(SAMPLE_EVENTS));
}

/**
 * Makes the argument for a function's key or its name on AWS.
 *
 * @throws UserError when none is known
 */
function functionArgument({ name, functions }: Service): Argument<ServiceFunction> {
  const keys = functions.map(({ key }) => key);
  const [first] = keys;
  if (first === undefined) {
    throw new UserError(messages.noneKnown({ service: name }), 'write its handler out');
  }
  return {
    name: '[function]',
    command: 'create-lambda-hello invoke',
    question: 'Which function?',
    choices: keys.map((value) => ({ value })),
    suggestion: first,
    parse(text) {
      const fn =
        functions.find(({ key }) => key === text) ?? functions.find((each) => each.name === text);
      if (fn !== undefined) return fn;
      const [given, names] = [inQuotes(text), keys.join(', ')];
      throw new InvalidValueError(noSuchFunction({ service: name, name: given, names }), first);
    },
  };
}

async function localTarget(context: Context, flags: InvokeFlags): Promise<Target> {
  const read = await readService(context, flags);
  requireFunctions(read);
  const { root, service } = read;
  const { port } = flags;
  return {
    root,
    service,
    async call(fn, call) {
      const running = port === undefined ? await readDevAddress(root) : undefined;
      const { host, port: found } = running ?? DEFAULT_ADDRESS;
      // Use the key, because the name contains the stage that dev was started with.
      return invokeLocal(
        { host: reachable(host), port: port ?? found },
        { name: fn.key, ...call },
        context.signal,
      );
    },
    logHint: () => 'look at its log, here above or in the terminal of  create-lambda-hello dev',
  };
}

/** Replaces a host that stands for all addresses by the loopback address. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

async function deployedTarget(context: Context, flags: InvokeFlags): Promise<Target> {
  const target = await readDeployTarget(context, flags);
  const { root, region, stage, service } = target;
  requireFunctions(target);
  return {
    root,
    service,
    async call(fn, call) {
      if (isUnknown(fn.name)) {
        throw new UserError(
          notKnown({ setting: `the name of ${fn.key} on AWS`, variable: fn.name }),
          'write it out in serverless.yml',
        );
      }
      const aws = await connectTo(target, context);
      const response = await aws.invoke({ name: fn.name, ...call });
      if (response !== undefined) return response;
      throw new UserError(
        messages.notDeployed({ name: fn.name, region, stage }),
        ourCommand('deploy', target),
      );
    },
    logHint: (fn) => ourCommand('logs', target).replace(' logs', ` logs ${fn.key}`),
  };
}

function readClientContext(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const json = requireJson(text, '--client-context');
  if (isRecord(JSON.parse(json))) return json;
  throw new UsageError(
    at('--client-context', asSentence(notAJsonObject())),
    `--client-context '{"custom": {"id": 7}}'`,
  );
}
