import { defineConfig } from 'vitest/config';

const project = (name: string, more: object = {}) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], ...more },
});

// Dart takes a second to compile, and some tests start it several times.
const slow = { testTimeout: 120_000, hookTimeout: 180_000 };

export default defineConfig({
  test: {
    projects: [
      project('unit'),
      project('integration', slow),
      project('conformance', slow),
      project('e2e', { ...slow, globalSetup: 'test/support/packed.ts' }),
      // After all others: it takes the whole machine for a minute.
      project('load', {
        ...slow,
        globalSetup: 'test/support/packed.ts',
        sequence: { groupOrder: 1 },
      }),
    ],
  },
});
