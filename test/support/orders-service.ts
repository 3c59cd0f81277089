import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { removeEndpoint } from '../../src/commands/remove-function.ts';
import type { Flags } from '../../src/options/option.ts';
import type { removeEndpointOptions } from '../../src/options/shared.ts';
import { addEndpoint } from './commands.ts';
import { scripted } from './context.ts';
import { readTree, temporaryFolder } from './folders.ts';
import { writeService } from './service.ts';

export const HANDLER = 'lib/handlers/create_order.dart';
export const REQUEST = 'lib/models/create_order_request.dart';
export const TEST = 'test/handlers/create_order_test.dart';
export const FILES = [HANDLER, REQUEST, TEST];

/** Another function with the handler of createOrder. */
export const WORKER = `
  worker:
    handler: main.createOrder
    events:
      - sqs: arn:aws:sqs:eu-west-1:123456789012:orders
`;

/** A service with the endpoint createOrder, and what it was before. */
export async function serviceWithOrders(): Promise<{
  readonly root: string;
  readonly before: Record<string, string>;
}> {
  const root = writeService(temporaryFolder());
  const before = readTree(root);
  const flags = { method: 'POST', path: '/orders', request: 'id:int' };
  await addEndpoint(scripted({ cwd: root }).context, 'createOrder', flags);
  return { root, before };
}

/** Those of the endpoint's files that are there. */
export const remaining = (root: string): string[] =>
  FILES.filter((path) => existsSync(join(root, path)));

/** Replaces a text of a file, which must have it. */
export function edit(root: string, path: string, from: string | RegExp, to: string): void {
  const text = readFileSync(join(root, path), 'utf8');
  expect(text).toMatch(from);
  writeFileSync(join(root, path), text.replace(from, to));
}

export const append = (root: string, path: string, text: string): void =>
  edit(root, path, /\n$/, `\n${text}`);

/** Removes an endpoint, by default createOrder; `answers` are those to questions. */
export async function remove(
  cwd: string,
  {
    name = 'createOrder',
    answers,
    ...flags
  }: Flags<typeof removeEndpointOptions> & {
    readonly name?: string;
    readonly answers?: Record<string, string>;
  } = {},
) {
  const { context, results, notes, questions } = scripted({ cwd, ...(answers && { answers }) });
  await removeEndpoint(context, name, flags);
  return { result: results.join('\n'), notes, questions };
}
