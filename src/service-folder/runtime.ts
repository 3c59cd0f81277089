import type { CreateFile } from '../changes/change-set.ts';
import { lackIn } from '../dart/endpoint/runtime-needs.ts';
import type { DartParser } from '../dart/main/parser.ts';
import { UserError } from '../errors.ts';
import { areAsRecorded, type RecordedFiles, type ServiceRecord } from '../service/record.ts';
import { VERSION } from '../version.ts';
import { readTexts } from './editable.ts';
import * as messages from './messages.ts';

interface NewCode {
  readonly files: readonly CreateFile[];
  /** The files of lib/runtime/ that they import. */
  readonly runtimeFiles: readonly string[];
}

/**
 * Checks that lib/runtime/ has what the new files need.
 *
 * @throws UserError when it lacks something, or is of an older version
 */
export async function requireRuntime(
  root: string,
  { files, runtimeFiles }: NewCode,
  { made, endpoints }: ServiceRecord,
  parser: DartParser,
): Promise<void> {
  const present = await readTexts(root, runtimeFiles);
  const missing = runtimeFiles.find((path) => !present.has(path));
  const hint = 'create-lambda-hello upgrade';
  if (missing !== undefined) {
    throw new UserError(messages.runtimeFileMissing({ path: missing }), hint);
  }
  // Parsing takes a tenth of this command's time, so skip it if the runtime is unedited.
  const written = Object.assign({}, ...endpoints.values(), made?.files) as RecordedFiles;
  if (made?.version === VERSION && areAsRecorded(present, written)) return;
  const lack = lackIn(
    files.map(({ content }) => content),
    present,
    parser,
  );
  if (lack === undefined) return;
  throw new UserError(messages.runtimeFileOld(lack), hint);
}
