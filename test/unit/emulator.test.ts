import { describe, expect, it } from 'vitest';
import { isOfAnotherMachine } from '../toolchain/emulator.mjs';

describe('a program that could not be run', () => {
  it.each([
    ['the kernel says so', { code: 'ENOEXEC', stderr: '' }],
    ['dash was given it', { code: 2, stderr: '/vm/dart: 1: Syntax error: "(" unexpected\n' }],
    ['bash was given it', { code: 126, stderr: '/vm/dart: cannot execute binary file\n' }],
    ['busybox was given it', { code: 2, stderr: '/vm/dart: line 1: syntax error: unexpected "("' }],
    ['a shell says what the kernel said', { code: 126, stderr: 'dart: Exec format error' }],
  ])('is one of another machine when %s', (_, error) => {
    expect(isOfAnotherMachine(error)).toBe(true);
  });

  it.each([
    ['it is missing', { code: 'ENOENT', stderr: '' }],
    ['it may not be run', { code: 'EACCES', stderr: '' }],
    ['it found a syntax error in Dart itself', { code: 254, stderr: 'Error: syntax error' }],
    ['it was killed', { code: null, stderr: '' }],
  ])('is none when %s', (_, error) => {
    expect(isOfAnotherMachine(error)).toBe(false);
  });
});
