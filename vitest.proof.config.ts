import { defineConfig } from 'vitest/config';

/** The long proofs: many seeds, many kills. `npm run proof`. */
export default defineConfig({
  test: {
    globalSetup: ['test/support/build.ts'],
    include: ['test/proof/**/*.test.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
    maxWorkers: 2,
  },
});
