import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

/**
 * Global set-up of the browser tests: builds the interface once from the sources, into a folder of this run, so that no test sees
 * an older build and none disturbs another run's. `muster serve` finds it by `MUSTER_BUILD_DIR`. Returns the clean-up.
 */
export async function setup(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-interface-'));
  // Vitest says "test" here, and React would be built for development: slower, and it remembers where each element was made.
  const mode = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, '../../renderer'),
    base: '/',
    plugins: [react()],
    build: {
      outDir: join(folder, 'renderer'),
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  });
  process.env.NODE_ENV = mode;
  process.env.MUSTER_BUILD_DIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
