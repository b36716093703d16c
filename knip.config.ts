import type { KnipConfig } from 'knip';

/** What starts something; everything that none of these reaches is unused, and `npm run check` says so. */
const config: KnipConfig = {
  entry: [
    'src/cli/{start,demo}.ts',
    // The contract's face is for other programs too.
    'src/contract/index.ts',
    'main/index.ts',
    'main/preload/*.ts',
    'renderer/main.tsx',
    'test/support/{run,boundaries,capabilities,empty-home,chromium-setup,electron-setup}.ts',
    'test/**/*.{test,bench}.{ts,tsx}',
    // Started as processes of their own by tests.
    'test/infra/{home/lock-holder,keychain/{keyring,keytar}-use,sqlite/writer}.ts',
  ],
  // Debian's programs, which tests name when they are missing.
  ignoreBinaries: ['gdbus', 'openssl', 'pgrep'],
  project: ['{src,main,renderer,test,assets}/**/*.{ts,tsx,mjs}', '*.config.ts'],
  // Code that nothing uses is the question here, not whether a schema that its own file uses is exported as well.
  ignoreExportsUsedInFile: true,
};

export default config;
