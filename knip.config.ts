import type { KnipConfig } from 'knip';

/** What starts something; everything that none of these reaches is unused, and `npm run check` says so. */
const config: KnipConfig = {
  entry: [
    'src/cli/muster.mjs',
    'src/cli/{start,demo}.ts',
    'src/simulator/main.ts',
    'main/index.ts',
    'main/preload/*.ts',
    'renderer/main.tsx',
    'assets/render.ts',
    'test/support/{run,boundaries,empty-home,chromium-setup,electron-setup}.ts',
    'test/**/*.{test,bench}.{ts,tsx}',
    'electron.vite.config.ts',
    '.dependency-cruiser.mjs',
  ],
  project: ['{src,main,renderer,test,assets}/**/*.{ts,tsx,mjs}', '*.config.ts'],
  ignoreDependencies: [
    // Node 24 for the scripts of a clone; its `node` leads the PATH of `npm run`.
    'node-(darwin|linux|win)-(x64|arm64)',
    // dependency-cruiser's parser, by its name in .dependency-cruiser.mjs.
    '@swc/core',
    // Electron is found by file, never imported outside main/; this build replaces better-sqlite3 where Electron is old.
    'libsql',
  ],
  // An export that only its own file and the tests use is still part of a module's face.
  ignoreExportsUsedInFile: { interface: true, type: true },
};

export default config;
