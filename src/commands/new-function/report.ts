import type { HandlerFiles } from '../../dart/handler.ts';
import { CORS_CALL } from '../../dart/main/cors.ts';
import { registrationBlock } from '../../dart/main/edit.ts';
import { MAIN_FILE } from '../../dart/main/read.ts';
import { UserError } from '../../errors.ts';
import type { Message, MessageTemplate } from '../../message.ts';
import type { AddFunction, LeftEdit, PlannedFunction } from '../../plan/add-function.ts';
import { functionJson } from '../../serverless-yml/edit/json.ts';
import { sourceBlocks } from '../../serverless-yml/edit/source/blocks.ts';
import { functionBlock } from '../../serverless-yml/edit/style.ts';
import type { ReadService } from '../../service-folder/read.ts';
import { nothingWritten } from './messages.ts';

export interface Plan extends PlannedFunction {
  readonly fn: AddFunction['fn'];
  readonly files: HandlerFiles;
  readonly place: Place;
  /** Say which settings the neighbouring routes have and the new one lacks, and what needs no edit. */
  readonly notes: readonly Message[];
}

/** Says where the functions of a service are. */
type Place = Pick<ReadService, 'file' | 'functionsOrigin'>;

/** Holds text for the user to paste. */
interface Block {
  readonly path: string;
  /** The file, and the place in it. */
  readonly title: string;
  readonly text: string;
}

function editsOf({
  fn,
  files: { registration },
  place,
}: Plan): Readonly<Record<LeftEdit['edit'], readonly Block[]>> {
  return {
    function: functionToPaste(fn, place),
    registration: [
      { path: MAIN_FILE, title: `${MAIN_FILE}:`, text: registrationBlock(registration) },
    ],
    cors: [
      {
        path: MAIN_FILE,
        title: `${MAIN_FILE}, the first call of the Runtime:`,
        text: `    ${CORS_CALL}`,
      },
    ],
  };
}

function functionToPaste(
  fn: AddFunction['fn'],
  { file: own, functionsOrigin }: Place,
): readonly Block[] {
  const { file, path } = functionsOrigin ?? { file: own, path: ['functions'] };
  const isJson = (name: string) => name.endsWith('.json');
  const block = (where: string, below: readonly (string | number)[], text: string): Block => {
    const at = below.length === 0 ? 'beside its other functions' : `below ${below.join('.')}`;
    return { path: where, title: `${where}, ${at}:`, text };
  };
  if ('api' in fn) {
    const text = isJson(file) ? functionJson(fn) : functionBlock(fn, 2 * path.length);
    return [block(file, path, text)];
  }
  const { source: _, ...written } = fn;
  const [first, ...others] = sourceBlocks(written, path, {
    functions: isJson(file),
    service: isJson(own),
  });
  return [
    ...(first ? [block(file, path, first.text)] : []),
    ...others.map(({ below, text }) => block(own, below, text)),
  ];
}

/** Returns the blocks for the edits that a plan leaves to the user. */
export function leftToPaste(plan: Plan): readonly Block[] {
  const edits = editsOf(plan);
  return plan.left.flatMap(({ edit }) => edits[edit]);
}

/** Returns all blocks of an endpoint, for a user who makes the edits by hand. */
export function blocksToPaste(plan: Plan): Message {
  const edits = editsOf(plan);
  const blocks = [
    ...edits.function,
    ...edits.registration,
    ...(plan.needsCors ? edits.cors : []),
    ...plan.files.files.map(({ path, content }) => ({
      path,
      title: `${path}, a new file:`,
      text: content,
    })),
  ];
  return nothingWritten({ blocks: formatBlocks(blocks) });
}

/** Formats each block below its title. */
export function formatBlocks(blocks: readonly Block[]): string {
  return blocks.map(({ title, text }) => `${title}\n\n${text.trimEnd()}\n`).join('\n');
}

/**
 * Makes the error that ends the command when something is left to paste, as the endpoint does not
 * work yet.
 */
export function leftError(
  left: PlannedFunction['left'],
  message: MessageTemplate<'reasons'>,
): UserError {
  const reasons = left.map(({ reason }) => reason.message).join(' ');
  return new UserError(
    message({ reasons }),
    'paste it, then  create-lambda-hello endpoints  checks the service',
  );
}
