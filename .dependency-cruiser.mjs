/**
 * Which part may import which. Each rule has a name, a reason, and a seeded violation in test/boundaries.test.ts.
 *
 * The parser is swc because TypeScript 7 no longer has the API that dependency-cruiser reads TypeScript with: without swc it
 * would find no module at all and pass. test/support/boundaries.ts therefore also asserts how many modules were seen.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment:
        'Rules about presence are values in, values out: no I/O, no clock, no package. That is what lets them be tested by properties, and run unchanged in every host.',
      from: { path: '^src/domain/', pathNot: '^src/domain/temporal\\.ts$' },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'temporal-in-one-file',
      severity: 'error',
      comment: 'The polyfill goes away once Node ships Temporal; then one file changes. Import src/domain/temporal.ts.',
      from: { pathNot: '^src/domain/temporal\\.ts$' },
      to: { path: 'node_modules/temporal-polyfill/' },
    },
    {
      name: 'ports-know-the-domain-only',
      severity: 'error',
      comment:
        'A port says what the core needs, in the words of the domain; an implementation in it would bind every host to it.',
      from: { path: '^src/ports/' },
      to: { path: '^(src|main|renderer|test)/', pathNot: '^src/(domain|ports)/' },
    },
    {
      name: 'contract-knows-the-domain-only',
      severity: 'error',
      comment:
        'The contract is what other programs rely on: it must not change because a service or a database column did.',
      from: { path: '^src/contract/' },
      to: { pathNot: ['^src/(domain|contract)/', 'node_modules/(zod|hono|@hono/zod-openapi)/'] },
    },
    {
      name: 'platforms-are-islands',
      severity: 'error',
      comment:
        'A platform is one folder that can be read, replaced and deleted alone. What two need belongs into platforms/platform.ts or a port.',
      from: { path: '^src/(?:platforms|calendars)/([^/]+)/' },
      to: {
        path: '^(src|main|renderer|test)/',
        pathNot: [
          '^src/(domain|ports)/',
          '^src/(platforms|calendars)/$1/',
          '^src/platforms/(?!registry\\.ts$)[^/]+\\.ts$',
          '^src/calendars/(?!registry\\.ts$)[^/]+\\.ts$',
        ],
      },
    },
    {
      name: 'infra-serves-ports',
      severity: 'error',
      comment:
        'An implementation of a port knows what it implements, not who uses it: it must fit every host and every platform.',
      from: { path: '^src/infra/' },
      to: { path: '^src/(contract|platforms|calendars|api|server|cli)/' },
    },
    {
      name: 'services-know-no-vendor',
      severity: 'error',
      comment:
        'The core treats all platforms alike, by their manifest: the moment a service knows one by name, adding the next means changing services.',
      from: { path: '^src/(domain|ports|contract|settings|services|api)/' },
      to: { path: ['^src/(platforms|calendars)/[^/]+/', 'node_modules/(@slack|@xmpp|discord\\.js)/'] },
    },
    {
      name: 'registry-is-for-composition-roots',
      severity: 'error',
      comment: 'Only who wires the application lists the platforms; everyone else is handed the ones in use.',
      from: {
        path: '^src/',
        pathNot: [
          '^src/services/create-muster\\.ts$',
          '^src/(cli|server)/',
          '^src/(platforms|calendars)/registry\\.ts$',
        ],
      },
      to: { path: '^src/(platforms|calendars)/registry\\.ts$' },
    },
    {
      name: 'renderer-sees-contract-only',
      severity: 'error',
      comment:
        'The same interface runs in Electron and in a browser: it knows the API and nothing of the core, of Electron or of Node.',
      from: { path: '^renderer/' },
      to: { path: '^(src|main|test)/', pathNot: '^src/contract/' },
    },
    {
      name: 'renderer-needs-no-node',
      severity: 'error',
      comment: 'A browser has no Node modules, and a sandboxed window must not have them.',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-only-in-main',
      severity: 'error',
      comment: 'In plain Node, importing electron starts a download and throws; the core must run headless.',
      from: { pathNot: '^main/' },
      to: { path: 'node_modules/electron(-store|-updater)?/' },
    },
    {
      name: 'core-knows-no-host',
      severity: 'error',
      comment: 'Hosts call the core, never the other way; and nothing that ships imports a test.',
      from: { path: '^src/' },
      to: { path: '^(main|renderer|test)/' },
    },
    {
      name: 'simulator-stands-alone',
      severity: 'error',
      comment: 'The simulator shares no code with what it tests, so that the two cannot be wrong together.',
      from: { path: '^src/simulator/' },
      to: { path: '^(src|main|renderer|test)/', pathNot: '^src/simulator/' },
    },
    {
      name: 'core-needs-no-simulator',
      severity: 'error',
      comment:
        'Only the demo and the commands start the simulator; the product works, and is tested, as if it did not exist.',
      from: { path: '^src/(domain|ports|contract|settings|platforms|calendars|services|api|infra)/' },
      to: { path: '^src/simulator/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment:
        'Two modules that need each other are one module, or hide a third. Types count: a cycle of types is read as one too.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'every-import-resolves',
      severity: 'error',
      comment: 'What cannot be resolved cannot be judged by any rule above.',
      from: {},
      to: { couldNotResolve: true, pathNot: '^electron/' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types', 'require'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
