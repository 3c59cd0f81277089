import type { ListedFunction, ListedFunctions, ListFunctionsOptions } from '../../api-types.ts';
import type { Consistency, PlacedFunction, Problem } from '../../consistency/check.ts';
import { readConsistency } from '../../consistency/read.ts';
import { checkSources, placeOf } from '../../consistency/sources.ts';
import { functionUses } from '../../serverless-yml/function-uses.ts';
import { eventsOf } from '../../serverless-yml/http-events.ts';
import { type ReadService, readService, requireFunctions } from '../../service-folder/read.ts';
import type { Surroundings } from '../../util/env.ts';
import { isUnknown, recordOf } from '../../util/json.ts';
import { eventsOfFunction } from './describe.ts';
import * as messages from './messages.ts';

interface CheckedFunctions
  extends Pick<ListedFunctions, 'functions'>,
    Pick<Consistency, 'problems' | 'notes'> {}

/**
 * Lists the functions of a service, without asking or printing anything.
 *
 * @throws UserError when serverless.yml or a Dart file cannot be read
 */
export async function listFunctions(
  { params: param, stage, region }: Omit<ListFunctionsOptions, 'directory'>,
  surroundings: Surroundings,
): Promise<ListedFunctions> {
  return functionsOf(await readService(surroundings, { stage, region, param }));
}

/**
 * Lists the functions of a service that has been read, and what is inconsistent.
 *
 * @throws UserError when a Dart file that registers handlers is broken
 */
export async function functionsOf(read: ReadService): Promise<CheckedFunctions> {
  requireFunctions(read);
  const found = await readConsistency(read);
  const ofSources = checkSources(found.functions, { ...read, ...found });
  const functions = found.functions.map((placed) => listed(placed, read));
  const never = functions
    .filter(({ events, namedBy }) => events.length === 0 && namedBy.length === 0)
    .filter((fn) => !mayHaveEvents(definitionOf(read, fn.function)))
    .map((fn): Problem => {
      const message = messages.neverCalled({ function: fn.function });
      return { ...placeOf(read.configuration, fn.function), message };
    });
  return {
    functions,
    problems: [...found.problems, ...ofSources.problems],
    notes: [...found.notes, ...ofSources.notes, ...never],
  };
}

function listed({ fn, file, line }: PlacedFunction, read: ReadService): ListedFunction {
  const { key, handler } = fn;
  const events = eventsOfFunction(fn, definitionOf(read, key));
  // The search takes a while, and what has an event needs no other reason.
  const uses = events.length === 0 ? functionUses(read, [key]) : [];
  return { function: key, handler, events, namedBy: uses.map(({ by }) => by), file, line };
}

const definitionOf = ({ configuration }: ReadService, key: string): unknown =>
  recordOf(configuration.value.functions)[key];

/** Returns whether a function has events, of which some may not be known here. */
const mayHaveEvents = (definition: unknown): boolean =>
  isUnknown(recordOf(definition).events) || eventsOf(definition).length > 0;
