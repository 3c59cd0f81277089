import { expect } from 'vitest';
import { UserError } from '../../src/errors.ts';

/** The error that a user would be shown. */
export async function failure(promise: Promise<unknown>): Promise<UserError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}
