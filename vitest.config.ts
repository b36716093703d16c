import { defineConfig } from 'vitest/config';

/**
 * Three projects, from cheap to dear: `core` needs only Node, `browser` a Chromium, `electron` a desktop runtime.
 * `npm test` runs them one after the other (test/support/run.ts); `vitest run test/<path>` runs what a path names.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    // Real sockets, browsers and desktops on a shared machine: a test that passes when asked again is no reason to hold a change
    // back. Here, at a desk, it fails at once, so that it is seen.
    retry: process.env.CI ? 2 : 0,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      reportsDirectory: 'coverage',
      thresholds: { lines: 90 },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'core',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/browser/**', 'test/e2e/electron/**'],
          globalSetup: ['test/support/empty-home.ts'],
          benchmark: { include: ['test/bench/**/*.bench.ts'] },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          environment: 'node',
          include: ['test/e2e/browser/**/*.test.ts'],
          globalSetup: [
            'test/support/empty-home.ts',
            'test/support/chromium-setup.ts',
            'test/support/interface-setup.ts',
          ],
          // Pages are looked at until they are as said; none of these tests measures how long that takes.
          expect: { poll: { timeout: 15_000, interval: 50 } },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'electron',
          environment: 'node',
          include: ['test/e2e/electron/**/*.test.ts'],
          globalSetup: ['test/support/empty-home.ts', 'test/support/electron-setup.ts'],
          // One desktop at a time: each file starts a display, a session bus and an Electron of its own.
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 90_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
