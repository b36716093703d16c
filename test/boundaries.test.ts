import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkBoundaries, countSources, ruleNames } from './support/boundaries.ts';

/** A tree per rule that breaks this rule and no other. */
const seeded: Record<string, { name: string; files: Record<string, string> }[]> = {
  'domain-is-pure': [
    { name: 'a Node module', files: { 'src/domain/presence/unify.ts': "import { readFileSync } from 'node:fs';" } },
    {
      name: 'a package',
      files: { 'src/domain/presence/unify.ts': "import { z } from 'zod';" },
    },
    {
      name: 'a type of a port',
      files: {
        'src/domain/errors.ts': "import type { Clock } from '../ports/clock.ts';",
        'src/ports/clock.ts': 'export type Clock = { now(): number };',
      },
    },
  ],
  'temporal-in-one-file': [
    {
      name: 'a service',
      files: { 'src/services/polling/planner.ts': "import { Temporal } from 'temporal-polyfill';" },
    },
  ],
  'ports-know-the-domain-only': [
    {
      name: 'an implementation',
      files: {
        'src/ports/clock.ts': "import { systemClock } from '../infra/clock/system-clock.ts';",
        'src/infra/clock/system-clock.ts': 'export const systemClock = 1;',
      },
    },
  ],
  'contract-knows-the-domain-only': [
    {
      name: 'a service',
      files: {
        'src/contract/index.ts': "import { muster } from '../services/muster.ts';",
        'src/services/muster.ts': 'export const muster = 1;',
      },
    },
    { name: 'a Node module', files: { 'src/contract/index.ts': "import { join } from 'node:path';" } },
  ],
  'platforms-are-islands': [
    {
      name: 'another platform',
      files: {
        'src/platforms/slack/adapter.ts': "import { mapping } from '../xmpp/mapping.ts';",
        'src/platforms/xmpp/mapping.ts': 'export const mapping = 1;',
      },
    },
    {
      name: 'a service, by a dynamic import',
      files: {
        'src/platforms/slack/adapter.ts':
          "export const late = () => import('../../services/presence/presence-store.ts');",
        'src/services/presence/presence-store.ts': 'export const store = 1;',
      },
    },
  ],
  'infra-serves-ports': [
    {
      name: 'a route',
      files: {
        'src/infra/http/http-client.ts': "import { routes } from '../../api/routes.ts';",
        'src/api/routes.ts': 'export const routes = 1;',
      },
    },
  ],
  'services-know-no-vendor': [
    {
      name: 'an adapter',
      files: {
        'src/services/create-muster.ts': "import { adapter } from '../platforms/slack/adapter.ts';",
        'src/platforms/slack/adapter.ts': 'export const adapter = 1;',
      },
    },
    {
      name: 'a vendor SDK',
      files: { 'src/services/accounts/accounts.ts': "import { WebClient } from '@slack/web-api';" },
    },
  ],
  'registry-is-for-composition-roots': [
    {
      name: 'a service',
      files: {
        'src/services/accounts/accounts.ts': "import { registry } from '../../platforms/registry.ts';",
        'src/platforms/registry.ts': 'export const registry = 1;',
      },
    },
  ],
  'renderer-sees-contract-only': [
    {
      name: 'the domain, by a type',
      files: {
        'renderer/features/people.tsx':
          "import type { Status } from '../../src/domain/status.ts';\nexport const People = () => <p />;",
        'src/domain/status.ts': "export type Status = 'online';",
      },
    },
    {
      name: 'the preload',
      files: {
        'renderer/main.tsx': "import '../main/preload/index.ts';",
        'main/preload/index.ts': 'export const x = 1;',
      },
    },
  ],
  'renderer-needs-no-node': [{ name: 'a file', files: { 'renderer/main.tsx': "import { join } from 'node:path';" } }],
  'electron-only-in-main': [
    { name: 'the core', files: { 'src/server/serve.ts': "import { app } from 'electron';" } },
    { name: 'the renderer', files: { 'renderer/main.tsx': "import { ipcRenderer } from 'electron';" } },
    {
      name: 'electron-store in the core',
      files: { 'src/infra/preferences.ts': "import Store from 'electron-store';" },
    },
  ],
  'core-knows-no-host': [
    {
      name: 'the Electron host',
      files: {
        'src/api/app.ts': "import { tray } from '../../main/tray/tray.ts';",
        'main/tray/tray.ts': 'export const tray = 1;',
      },
    },
  ],
  'simulator-stands-alone': [
    {
      name: 'a type of an adapter',
      files: {
        'src/simulator/slack/server.ts': "import type { User } from '../../platforms/slack/schema.ts';",
        'src/platforms/slack/schema.ts': 'export type User = { id: string };',
      },
    },
  ],
  'core-needs-no-simulator': [
    {
      name: 'a service',
      files: {
        'src/services/create-muster.ts': "import { team } from '../simulator/team.ts';",
        'src/simulator/team.ts': 'export const team = 1;',
      },
    },
  ],
  'no-cycles': [
    {
      name: 'two modules',
      files: {
        'src/domain/a.ts': "import { b } from './b.ts';\nexport const a = () => b;",
        'src/domain/b.ts': "import { a } from './a.ts';\nexport const b = () => a;",
      },
    },
    {
      name: 'three modules, one of them by type only',
      files: {
        'src/services/a.ts': "import { b } from './b.ts';\nexport const a = b;",
        'src/services/b.ts': "import { c } from './c.ts';\nexport const b = c;",
        'src/services/c.ts': "import type { A } from './a.ts';\nexport const c = 1;",
      },
    },
  ],
  'every-import-resolves': [
    { name: 'a missing file', files: { 'src/services/a.ts': "import { b } from './gone.ts';" } },
  ],
};

const trees: string[] = [];

function plant(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'muster-boundaries-'));
  trees.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${text}\n`);
  }
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  return root;
}

afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true, force: true });
});

describe('boundaries', () => {
  for (const [rule, cases] of Object.entries(seeded)) {
    for (const { name, files } of cases) {
      it(`${rule} fails on ${name}`, async () => {
        const { violations } = await checkBoundaries(plant(files));
        expect([...new Set(violations.map((violation) => violation.rule))]).toEqual([rule]);
      });
    }
  }

  it('has a seeded violation for every rule', async () => {
    expect(Object.keys(seeded).toSorted()).toEqual((await ruleNames()).toSorted());
  });

  it('lets through what the architecture wants', async () => {
    const { violations, modules } = await checkBoundaries(
      plant({
        'src/domain/temporal.ts': "export { Temporal } from 'temporal-polyfill';",
        'src/domain/status.ts': "import { Temporal } from './temporal.ts';\nexport const status = Temporal;",
        'src/contract/index.ts':
          "import { z } from 'zod';\nimport { status } from '../domain/status.ts';\nexport const x = [z, status];",
        'src/platforms/platform.ts': 'export type Platform = { id: string };',
        'src/platforms/slack/adapter.ts':
          "import { WebClient } from '@slack/web-api';\nimport type { Platform } from '../platform.ts';",
        'src/platforms/registry.ts': "import './slack/adapter.ts';",
        'src/services/accounts/accounts.ts': "import type { Platform } from '../../platforms/platform.ts';",
        'src/cli/serve.ts': "import '../platforms/registry.ts';\nimport '../simulator/team.ts';",
        'src/simulator/team.ts': "import { createServer } from 'node:http';",
        'main/index.ts': "import { app } from 'electron';\nimport '../src/cli/serve.ts';",
        'renderer/main.tsx':
          "import { x } from '../src/contract/index.ts';\nexport const View = () => <p>{String(x)}</p>;",
      }),
    );
    expect(violations).toEqual([]);
    expect(modules).toBe(11);
  });

  it('sees every source file of the real tree, and no violation', async () => {
    const { modules, violations } = await checkBoundaries();
    expect(violations).toEqual([]);
    expect(modules).toBeGreaterThanOrEqual(Math.max(countSources(), 20));
  });
});
