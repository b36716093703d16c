import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Everything lands below one folder: `dist` is what ships, another one holds a build for one machine's tests. */
const out = process.env.MUSTER_BUILD_DIR ?? 'dist';

/**
 * `MUSTER_ELECTRON_TEST_SQLITE=libsql` builds for a runtime older than the one we ship: better-sqlite3 13 needs Node-API 10 and
 * crashes below it, libsql offers the same interface from Node-API 9 on. Only test/support/electron.ts sets it.
 */
const oldRuntime = process.env.MUSTER_ELECTRON_TEST_SQLITE === 'libsql';

/** The older test runtime's Node and Chromium (Electron 33). Unset, electron-vite derives both from the installed electron. */
const nodeTarget = oldRuntime ? { target: 'node20.18' } : {};
const chromeTarget = oldRuntime ? { target: 'chrome130' } : {};

export default defineConfig({
  main: {
    resolve: { alias: oldRuntime ? { 'better-sqlite3': 'libsql' } : {} },
    build: {
      ...nodeTarget,
      outDir: resolve(out, 'main'),
      // An external id never reaches the alias, hence the exclusion.
      externalizeDeps: oldRuntime ? { include: ['libsql'], exclude: ['better-sqlite3'] } : true,
      rolldownOptions: {
        // The keychain's helper is a process of its own, started by file.
        input: { index: resolve('main/index.ts'), 'keytar-child': resolve('src/infra/keychain/keytar-child.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      ...nodeTarget,
      outDir: resolve(out, 'preload'),
      // A sandboxed preload can require nothing but electron, and must be CommonJS.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve('main/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve('renderer'),
    plugins: [
      react(),
      // Served from the root of a loopback host and of the windows' private scheme, never from a file. electron-vite
      // overwrites `base` with './' for production, which breaks every nested route: hence a plugin that comes after it.
      { name: 'muster-base', enforce: 'post', config: (config) => Object.assign(config, { base: '/' }) && undefined },
    ],
    build: {
      ...chromeTarget,
      outDir: resolve(out, 'renderer'),
      emptyOutDir: true,
      minify: true,
      // `default-src 'self'` has no data: for scripts and fonts, and the polyfill would be an inline script.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: resolve('renderer/index.html') } },
    },
  },
});
