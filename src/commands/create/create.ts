import { relative, resolve } from 'node:path';
import { applyCreate } from '../../changes/apply.ts';
import type { CreateFile } from '../../changes/change-set.ts';
import type { Target } from '../../changes/target.ts';
import type { Context } from '../../context.ts';
import { CancelledError, ToolError } from '../../errors.ts';
import type { PackageManager } from '../../service/package-manager.ts';
import { loadTemplate, templateOf } from '../../templates.ts';
import { type Command, formatCommand } from '../../tools/command.ts';
import { gitInit, isInRepository } from '../../tools/git.ts';
import { installCommand } from '../../tools/package-manager.ts';
import { askUnless } from '../../ui/ask.ts';
import { formatTree } from '../../ui/report.ts';
import { cancelled } from '../../util/messages.ts';
import { formatWords, quoteWord } from '../../util/shell-words.ts';
import { typable } from './directory.ts';
import * as messages from './messages.ts';
import type { CreateFlags } from './options.ts';
import { type Answers, kindOf, planService, readAnswers } from './service.ts';

/**
 * Generates a new service.
 *
 * @param platform a `process.platform`, which decides how the next steps are typed
 */
export async function create(
  context: Context,
  directory: string | undefined,
  flags: CreateFlags,
  platform: string = process.platform,
): Promise<void> {
  const { out } = context;
  const kind = kindOf(flags);
  // It loads while the questions are asked.
  const template = loadTemplate(templateOf(kind));
  const { ask, prompted } = askUnless(flags.yes, context);
  const answers = await readAnswers(context, directory, flags, ask);
  const planned = await planService(context.cwd, answers, template);
  const { target, files, missing } = planned;
  if (!flags.yes && !flags.dryRun) await confirmCompany(context, target, files);
  const steps = followUp(target, answers.spec.packageManager, flags);
  const path = relative(context.cwd, resolve(context.cwd, answers.directory));
  const shownPath = typable(path) || '.';
  const tree = (shown: readonly CreateFile[]): string =>
    formatTree(
      shownPath,
      shown.map((file) => file.path),
      out.unicode,
    );

  for (const warning of planned.warnings) out.warn(warning);
  if (flags.dryRun) {
    out.result(tree(missing));
    for (const step of steps) out.result(`$ ${formatCommand(step)}`);
    out.note('Dry run: nothing was written.');
    return;
  }
  if (context.signal.aborted) throw new CancelledError(cancelled());
  await applyCreate(target, missing);
  out.detail(`wrote ${missing.length} files to ${target.path}`);
  await runSteps(context, shownPath, steps);

  if (planned.keepsReadme) out.note('Your README was kept; the generated one was left out.');
  if (prompted()) out.note(`The same again: ${context.program} ${oneLine(answers, flags)}`);
  out.result(tree(files));
  // Windows has no make.
  const runner = platform === 'win32' ? context.program : 'make';
  out.result(nextSteps(shownPath, runner));
}

/**
 * Files that a folder may contain before the service is created, without a question: version
 * control, editors, licence and README.
 */
const USUAL_COMPANY =
  /^(\.(git|hg|svn|jj)(ignore|attributes|keep)?|\.(idea|vscode|vs|zed|fleet)|\.DS_Store|(licen[cs]e|readme)(\.\w+)?)$/i;

/**
 * Asks before using a folder that contains other things, as with `.` in the home folder by
 * mistake.
 */
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
    message: `${target.path} already contains other files (${some}). Create the service there anyway?`,
    initial: 'no',
    choices: [
      { value: 'no', title: 'No, write nothing' },
      { value: 'yes', title: 'Yes, they stay as they are' },
    ],
  });
  if (answer !== 'yes') throw new CancelledError(cancelled());
}

/** Returns the commands to run in the new service, in order. */
function followUp(target: Target, packageManager: PackageManager, flags: CreateFlags): Command[] {
  const steps: Command[] = [];
  if (flags.git && !isInRepository(target.path)) steps.push(gitInit(target.path));
  if (flags.install) steps.push(installCommand(packageManager, target.path));
  return steps;
}

async function runSteps(
  { out, run, signal }: Context,
  folder: string,
  steps: readonly Command[],
): Promise<void> {
  for (const step of steps) {
    const again = `cd ${quoteWord(folder)} && ${formatCommand(step)}`;
    if (signal.aborted) throw new CancelledError(messages.cancelledBeforeStep({ folder }));
    out.note(out.noteStyle.dim(`$ ${formatCommand(step)}`));
    const { code, startError } = await (await run(step, { output: 'stream' })).exited;
    if (code === 0) continue;
    if (signal.aborted) {
      throw new CancelledError(messages.cancelledInStep({ folder, command: again }));
    }
    // A failure of git is only a warning, because nobody asked for the repository; osls was asked
    // for.
    const isGit = step.tool === 'git';
    const command = isGit ? 'git init' : formatCommand(step);
    const problem = startError === undefined ? messages.stepFailed : messages.stepNotStarted;
    if (!isGit) throw new ToolError(problem({ command, folder }), again, 1);
    out.warn(problem({ command, folder }));
  }
}

function nextSteps(shownPath: string, runner: string): string {
  return [
    '',
    'Next steps:',
    ...(shownPath === '.' ? [] : [`  cd ${quoteWord(shownPath)}`]),
    `  ${runner} dev      # serve it on this machine`,
    `  ${runner} deploy   # deploy it to AWS`,
  ].join('\n');
}

/** Returns the arguments that do the same without questions. */
function oneLine({ directory, spec }: Answers, flags: CreateFlags): string {
  return formatWords([
    typable(directory),
    ...['--api', spec.api, '--arch', spec.architecture, '--region', spec.region],
    ...['--memory', String(spec.memory), '--timeout', String(spec.timeout)],
    ...(flags.shelf ? ['--shelf'] : []),
    ...(spec.runtime ? ['--runtime', spec.runtime] : []),
    ...(flags.install ? ['--install'] : []),
    ...(flags.git ? [] : ['--no-git']),
    '--yes',
  ]);
}
