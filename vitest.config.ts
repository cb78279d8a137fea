import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/no-internet.ts'],
    // Two thirds of the time of processes on two cores; every file still has modules of its own.
    pool: 'threads',
    // By default one processor is left idle, which is half of those there are.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
