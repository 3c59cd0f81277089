import { relative, resolve } from 'node:path';
import { defaultRegion } from '../../aws/config-files.ts';
import { applyCreate } from '../../changes/apply.ts';
import type { CreateFile } from '../../changes/change-set.ts';
import { readTarget, survey, type Target } from '../../changes/target.ts';
import type { Context } from '../../context.ts';
import { CancelledError, ToolError, UserError } from '../../errors.ts';
import { planCreateService } from '../../plan/create-service.ts';
import { type PackageManager, startedBy } from '../../service/package-manager.ts';
import { INTEGRATION_TIMEOUT, type ServiceSpec } from '../../service/service.ts';
import { loadTemplate } from '../../templates.ts';
import { type Command, formatCommand } from '../../tools/command.ts';
import { gitInit, isInRepository } from '../../tools/git.ts';
import { installCommand } from '../../tools/package-manager.ts';
import { answering, askUnless, resolveArgument } from '../../ui/ask.ts';
import { formatTree } from '../../ui/report.ts';
import { formatWords, quoteWord } from '../../util/shell-words.ts';
import { directoryArgument, typable } from './directory.ts';
import { type CreateFlags, createOptions } from './options.ts';

/**
 * Generates a new service.
 *
 * @param platform as `process.platform`; decides how the next steps are typed
 */
export async function create(
  context: Context,
  directory: string | undefined,
  flags: CreateFlags,
  platform: string = process.platform,
): Promise<void> {
  const { out } = context;
  // Read meanwhile.
  const template = loadTemplate('service');
  const answers = await readAnswers(context, directory, flags);
  const target = await readTarget(answers.directory, context.cwd);
  const keepsReadme = hasReadme(target);
  const plan = planCreateService(answers.spec, await template, keepsReadme ? ['README.md'] : []);
  const { missing, conflicts } = await survey(target, plan);
  if (conflicts.length > 0) throw conflictError(target, conflicts);
  if (!flags.yes && !flags.dryRun) await confirmCompany(context, target, plan);
  const { packageManager } = answers.spec;
  const steps = await followUp(target, packageManager, flags);
  const path = relative(context.cwd, resolve(context.cwd, answers.directory));
  const shownPath = typable(path) || '.';

  warnOfTimeout(context, answers.spec);
  if (flags.dryRun) {
    out.result(
      formatTree(
        shownPath,
        missing.map(({ path }) => path),
        out.unicode,
      ),
    );
    for (const step of steps) out.result(`$ ${formatCommand(step)}`);
    out.note('Dry run: nothing was written.');
    return;
  }
  if (context.signal.aborted) throw new CancelledError();
  await applyCreate(target, missing);
  out.detail(`wrote ${missing.length} files to ${target.path}`);
  await runSteps(context, shownPath, steps);

  if (keepsReadme) out.note('Your README was kept; the generated one was left out.');
  if (answers.prompted)
    out.note(
      `The same again: ${context.program} ${oneLine(answers.directory, answers.spec, flags)}`,
    );
  out.result(
    formatTree(
      shownPath,
      plan.map(({ path }) => path),
      out.unicode,
    ),
  );
  // Windows has no make.
  const runner = platform === 'win32' ? context.program : 'make';
  out.result(nextSteps(shownPath, runner));
}

interface Answers {
  readonly directory: string;
  readonly spec: ServiceSpec;
  /** Whether a question was asked. */
  readonly prompted: boolean;
}

async function readAnswers(
  context: Context,
  given: string | undefined,
  flags: CreateFlags,
): Promise<Answers> {
  const { ask, prompted } = askUnless(flags.yes, context);
  const answer = answering(createOptions, flags, ask);
  const { directory, name } = await resolveArgument(directoryArgument(context.cwd), given, ask);
  const spec: ServiceSpec = {
    name,
    api: await answer('api'),
    architecture: await answer('arch'),
    region: flags.region ?? (await answer('region', { default: defaultRegion(context.env) })),
    memory: await answer('memory'),
    timeout: await answer('timeout'),
    packageManager: startedBy(context.env.npm_config_user_agent),
  };
  return { directory, spec, prompted: prompted() };
}

function warnOfTimeout({ out }: Context, { api, timeout }: ServiceSpec): void {
  const limit = INTEGRATION_TIMEOUT[api];
  if (timeout <= limit) return;
  out.warn(`API Gateway waits ${limit} s for a function; its timeout is ${timeout} s.`);
}

/** A README that is there already stays, in whichever spelling. */
const hasReadme = ({ entries }: Target): boolean =>
  entries?.some((name) => /^readme(\.\w+)?$/i.test(name)) ?? false;

/** What may lie in the folder of a new service without a question: version control, editors, papers. */
const USUAL_COMPANY =
  /^(\.(git|hg|svn|jj)(ignore|attributes|keep)?|\.(idea|vscode|vs|zed|fleet)|\.DS_Store|(licen[cs]e|readme)(\.\w+)?)$/i;

/** In a terminal, a folder with other things in it may be a mistake: `.` in the home folder. */
async function confirmCompany(
  { interactive, ask }: Context,
  target: Target,
  plan: readonly CreateFile[],
): Promise<void> {
  const ours = new Set(plan.map(({ path }) => path.split('/')[0]));
  const company = (target.entries ?? []).filter(
    (name) => !USUAL_COMPANY.test(name) && !ours.has(name),
  );
  if (!interactive || company.length === 0) return;
  const some = `${company.slice(0, 3).join(', ')}${company.length > 3 ? ', ...' : ''}`;
  const answer = await ask({
    type: 'select',
    message: `${target.path} has other things in it (${some}). Put the service among them?`,
    initial: 'no',
    choices: [
      { value: 'no', title: 'No, write nothing' },
      { value: 'yes', title: 'Yes, they stay as they are' },
    ],
  });
  if (answer !== 'yes') throw new CancelledError();
}

function conflictError(target: Target, conflicts: readonly string[]): UserError {
  const list = conflicts.map((path) => `  ${path}`).join('\n');
  return new UserError(
    `${target.path} has files that would be overwritten. Nothing was written:\n${list}`,
    'move them away, or choose another folder',
  );
}

/** What is run in the new service, in this order. */
async function followUp(
  target: Target,
  packageManager: PackageManager,
  flags: CreateFlags,
): Promise<Command[]> {
  const steps: Command[] = [];
  if (flags.git && !isInRepository(target.path)) steps.push(gitInit(target.path));
  if (flags.install) steps.push(installCommand(packageManager, target.path));
  return steps;
}

async function runSteps(
  { out, run, signal }: Context,
  shownPath: string,
  steps: readonly Command[],
): Promise<void> {
  for (const step of steps) {
    const again = `cd ${quoteWord(shownPath)} && ${formatCommand(step)}`;
    const complete = `The service itself is complete, in ${shownPath}.`;
    if (signal.aborted) throw new CancelledError(`Cancelled. ${complete}`);
    out.note(out.noteStyle.dim(`$ ${formatCommand(step)}`));
    const { code, startError } = await (await run(step, { output: 'stream' })).exited;
    if (code === 0) continue;
    if (signal.aborted) throw new CancelledError(`Cancelled. ${complete} Go on with: ${again}`);
    // Nobody asked for the repository; osls was asked for.
    const why = startError === undefined ? 'failed.' : 'could not be started; is it installed?';
    if (step.tool === 'git') out.warn(`git init ${why} ${complete}`);
    else throw new ToolError(`${formatCommand(step)} ${why} ${complete}`, again, 1);
  }
}

function nextSteps(shownPath: string, runner: string): string {
  return [
    '',
    'Next steps:',
    ...(shownPath === '.' ? [] : [`  cd ${quoteWord(shownPath)}`]),
    `  ${runner} dev      # serve it on this machine`,
    `  ${runner} deploy   # take it to AWS`,
  ].join('\n');
}

/** The arguments that do the same without a question. */
function oneLine(directory: string, spec: ServiceSpec, flags: CreateFlags): string {
  return formatWords([
    typable(directory),
    ...['--api', spec.api, '--arch', spec.architecture, '--region', spec.region],
    ...['--memory', String(spec.memory), '--timeout', String(spec.timeout)],
    ...(flags.install ? ['--install'] : []),
    ...(flags.git ? [] : ['--no-git']),
    '--yes',
  ]);
}
