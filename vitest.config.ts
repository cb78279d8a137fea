import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/no-internet.ts'],
    // Two thirds of the time of processes on two cores; every file still has modules of its own.
    pool: 'threads',
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
