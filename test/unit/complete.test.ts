import { describe, expect, it } from 'vitest';
import { completeWords, formatCompletion } from '../../src/cli/complete.ts';

const names = {
  function: async () => ['hello', 'worker'],
  endpoint: async () => ['hello'],
  sdk: async () => ['3.10.1', '3.8.0'],
};
const complete = async (...words: string[]) => {
  const { candidates, paths } = await completeWords(words, names);
  return { values: candidates.map(([value]) => value), paths };
};

describe('the completion of a command line', () => {
  it('begins with the commands, and folders for a new service', async () => {
    const { values, paths } = await complete('');
    expect(values).toContain('add-endpoint');
    expect(values).not.toContain('complete');
    expect(paths).toBe('directory');
  });

  it.each([
    [['inv'], ['invoke']],
    [
      ['invoke', ''],
      ['hello', 'worker'],
    ],
    [['invoke', 'w'], ['worker']],
    [['install-dart', '--remove', '3.1'], ['3.10.1']],
    [
      ['install-dart', '--version', ''],
      ['latest', 'beta', 'dev'],
    ],
    [['invoke', 'hello', ''], []],
    [
      ['logs', '--stage', 'prod', ''],
      ['hello', 'worker'],
    ],
    [
      ['logs', '--stage=prod', ''],
      ['hello', 'worker'],
    ],
    [
      ['logs', '--tail', ''],
      ['hello', 'worker'],
    ],
    [['remove-endpoint', ''], ['hello']],
    [['invoke', '--event', 'sq'], ['sqs']],
    [['invoke', '--event=sq'], ['--event=sqs']],
    [['invoke', '--event', '=', 'sq'], ['--event=sqs']],
    [
      ['--api', ''],
      ['rest', 'http'],
    ],
    [['shop', '--arch', 'x'], ['x86_64']],
    [['shop', ''], []],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish', 'powershell'],
    ],
    [['dev', '--port', ''], []],
    [['dev', '--por'], ['--port']],
    [['dev', '--port', '1', '--por'], []],
    [['dev', '--port=1', '--por'], []],
    [['remove', '-y', '--ye'], []],
    // Without --no-install, which only old scripts have.
    [['shop', '--no-'], ['--no-git']],
    [['shop', '--ins'], ['--install']],
    [['nonsense', 'more', ''], []],
  ])('%j is completed to %j', async (words, values) => {
    expect((await complete(...words)).values).toEqual(values);
  });

  it.each([
    [['dev', '--env-file', ''], 'file'],
    [['dev', '--env-file=te'], 'file'],
    [['invoke', '--data-file', ''], 'file'],
    [['dev', ''], 'none'],
  ])('%j takes paths: %s', async (words, paths) => {
    expect((await complete(...words)).paths).toBe(paths);
  });

  it('is printed as the scripts read it: the paths, then value and description', async () => {
    expect(formatCompletion(await completeWords(['doc'], names))).toBe(
      'directory\ndoctor\tlook for what is missing on this machine',
    );
  });
});
