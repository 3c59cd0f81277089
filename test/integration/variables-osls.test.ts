import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../src/serverless-yml/configuration.ts';
import { readServiceFolder } from '../../src/service-folder/folder.ts';
import { openService } from '../../src/service-folder/read.ts';
import { isRecord } from '../../src/util/json.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { type Printed, printByOsls } from '../support/osls.ts';
import { type VariableDocument, variableDocuments } from '../support/variable-documents.ts';

/** The same documents in every run. */
const SEED = 20_261_127;
const DOCUMENTS = Number(process.env.RANDOM_DOCUMENTS ?? 300);

/** What both see of the machine besides the variables of a document. */
const MACHINE = { PATH: process.env.PATH ?? '' };

const argsOf = ({ stage, region, params }: VariableDocument): string[] => [
  ...(stage === undefined ? [] : [`--stage=${stage}`]),
  ...(region === undefined ? [] : [`--region=${region}`]),
  ...params.map((param) => `--param=${param}`),
];

/** What we make of it: its values, or which of its variables are not known. */
async function read({ cwd, stage, region, params, env }: VariableDocument & { cwd: string }) {
  const folder = await readServiceFolder(cwd);
  const flags = { stage, region, param: params };
  const { serverlessYml, options } = await openService(folder, { ...MACHINE, ...env }, flags);
  const { value, warnings } = readConfiguration(serverlessYml, options);
  return { value, unknown: warnings };
}

/** What is compared. Variables of a function are texts, which osls makes of other values. */
function compared({ custom, params, provider }: Readonly<Record<string, unknown>>) {
  const { environment } = provider as { environment: Record<string, unknown> };
  const texts = Object.entries(environment).map(([name, value]) => [
    name,
    isRecord(value) ? value : String(value),
  ]);
  return { custom, params, environment: Object.fromEntries(texts) };
}

function inFolder(document: VariableDocument): VariableDocument & { cwd: string } {
  const cwd = temporaryFolder();
  writeTree(cwd, document.files);
  return { ...document, cwd };
}

describe('random services with variables', () => {
  it('are read as osls prints them, or both say that a variable has no value', async () => {
    const documents = fc
      .sample(variableDocuments, { numRuns: DOCUMENTS, seed: SEED })
      .map(inFolder);
    const printed = printByOsls(
      documents.map((document) => ({
        cwd: document.cwd,
        args: argsOf(document),
        env: { ...MACHINE, ...document.env },
      })),
    );
    const wrong: unknown[] = [];
    let accepted = 0;
    for (const [index, document] of documents.entries()) {
      const theirs = printed[index] as Printed;
      const ours = await read(document);
      // Some are refused for what they say, and not for their variables.
      if (theirs.refused?.includes('Configuration error')) continue;
      if (theirs.refused === undefined) accepted++;
      const isSame =
        theirs.refused === undefined
          ? ours.unknown.length === 0 &&
            isDeepStrictEqual(compared(ours.value), compared(theirs.config))
          : ours.unknown.length > 0;
      if (!isSame) wrong.push({ files: document.files, args: argsOf(document), theirs, ours });
    }
    expect(wrong).toEqual([]);
    expect(accepted).toBeGreaterThan(DOCUMENTS / 2);
  });
});
