import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bootstrapProblem, zipBootstrap } from '../../../templates/service/tool/bootstrap-file.mjs';
import { temporaryFolder } from '../../support/folders.ts';
import { elfOf } from '../../toolchain/commands/elf.mjs';

describe('bootstrapProblem', () => {
  it('accepts a static program for the processor that serverless.yml names', () => {
    expect(bootstrapProblem(elfOf('', 'linux_x64'), 'x86_64')).toBeUndefined();
    expect(bootstrapProblem(elfOf('', 'linux_arm64'), 'arm64')).toBeUndefined();
  });

  it.each([
    ['a script', Buffer.from(`#!/bin/sh\n${' '.repeat(100)}`), 'x86_64', 'it is not an ELF file'],
    ['nothing', Buffer.alloc(0), 'x86_64', 'it is not an ELF file'],
    [
      'another processor',
      elfOf('', 'linux_x64'),
      'arm64',
      'it is for x86_64, and serverless.yml says arm64',
    ],
    ['an odd processor', elfOf('', 'linux_riscv64'), 'arm64', 'it is for machine 243'],
  ])('refuses %s', (_name, file, architecture, problem) => {
    expect(bootstrapProblem(file, architecture)).toContain(problem);
  });

  it('refuses a 32-bit program', () => {
    const file = elfOf('', 'linux_x64');
    file[4] = 1;
    expect(bootstrapProblem(file, 'x86_64')).toContain('not a 64-bit');
  });

  // A real program of this machine, in which the name of a needed version is changed.
  it.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'refuses a program that needs a newer glibc than Amazon Linux 2023 has',
    () => {
      const program = readFileSync('/bin/sh');
      const at = program.lastIndexOf('GLIBC_2.');
      expect(at).toBeGreaterThan(0);
      const end = program.indexOf(0, at);
      const needing = (version: string) => {
        const changed = Buffer.from(program);
        for (
          let from = changed.indexOf('GLIBC_2.');
          from !== -1;
          from = changed.indexOf('GLIBC_2.', from + 1)
        ) {
          const stop = changed.indexOf(0, from);
          changed.fill(0, from, stop);
          changed.write(version.slice(0, end - at), from, 'latin1');
        }
        return bootstrapProblem(changed, 'x86_64');
      };
      expect(needing('GLIBC_2.9')).toBeUndefined();
      expect(needing('GLIBC_3.0')).toBe('it needs glibc 3.0, and provided.al2023 has 2.34');
    },
  );
});

describe('zipBootstrap', () => {
  it('holds one executable file, and is the same for the same content', () => {
    const folder = temporaryFolder();
    const content = Buffer.from('x'.repeat(100_000) + Math.random());
    const zip = zipBootstrap(content);
    expect(zipBootstrap(Buffer.from(content)).equals(zip)).toBe(true);
    writeFileSync(join(folder, 'a.zip'), zip);
    const script = `
import stat, sys, zipfile
with zipfile.ZipFile('a.zip') as z:
    assert z.testzip() is None
    [entry] = z.infolist()
    print(entry.filename, oct(entry.external_attr >> 16), entry.date_time, entry.create_system)
    open('out', 'wb').write(z.read(entry))`;
    const python = spawnSync('python3', ['-c', script], { cwd: folder, encoding: 'utf8' });
    expect(python.stderr).toBe('');
    expect(python.stdout).toBe('bootstrap 0o100755 (1980, 1, 1, 0, 0, 0) 3\n');
    expect(readFileSync(join(folder, 'out')).equals(content)).toBe(true);
  });
});
