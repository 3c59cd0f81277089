import { expect, it } from 'vitest';
import { exited } from '../../../src/local/lambda/invocation.ts';

it.each([
  [{ code: 3, signal: undefined }, 'Runtime exited with error: exit status 3'],
  [{ code: 0, signal: undefined }, 'Runtime exited without providing a reason'],
  [{ code: undefined, signal: undefined }, 'Runtime exited without providing a reason'],
  [{ code: undefined, signal: 'SIGKILL' }, 'Runtime exited with error: signal: killed'],
])('a process that ended with %j is reported as: %s', (exit, reason) => {
  const result = exited('id-1', exit);
  if (result.ok) throw new Error('no error');
  expect(result.error.errorMessage).toBe(`RequestId: id-1 Error: ${reason}`);
});
