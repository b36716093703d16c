import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PLATFORM_IDS } from '../../src/platforms/manifest.ts';
import { registry } from '../../src/platforms/registry.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const packageSchema = z.object({ scripts: z.record(z.string(), z.string()) });
const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/decisions/README.md'];

/** The README's table of what platforms can do: a row's name to the cells of its columns. */
function capabilityTable(): Map<string, string[]> {
  const section = /## What each can and cannot do\n(.*?)\n\n/s.exec(read('README.md'))?.[1] ?? '';
  const rows = section.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return new Map(rows.map(([name = '', ...cells]) => [name, cells]));
}

const ROW_OF = {
  readOthers: 'See others',
  push: 'Changes at once',
  ownAvailability: 'Set my availability',
  ownMessage: 'Set my message',
  ownExpiry: 'It ends by itself',
  doNotDisturb: 'Do not disturb',
  lastSeen: 'Last seen',
} as const;
const WORD = { full: /^yes/, partial: /^partly/, none: /^no/ } as const;

describe('the documents', () => {
  it('link to what exists', () => {
    for (const document of DOCUMENTS) {
      for (const [, target = ''] of read(document).matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
        expect(existsSync(join(ROOT, dirname(document), target)), `${document} → ${target}`).toBe(true);
      }
    }
  });

  it('name npm scripts that exist', () => {
    const { scripts } = packageSchema.parse(JSON.parse(read('package.json')));
    for (const document of DOCUMENTS) {
      for (const [, name = ''] of read(document).matchAll(/npm run ([\w:]+)/g)) {
        expect(Object.keys(scripts), `${document}: npm run ${name}`).toContain(name);
      }
    }
  });

  it('promise of each platform what its manifest says', () => {
    const table = capabilityTable();
    const columns = [...table.values()][0] ?? [];
    for (const id of PLATFORM_IDS) {
      const { name, capabilities } = registry[id].manifest;
      const column = columns.indexOf(name);
      expect(column, `a column for ${name}`).not.toBe(-1);
      for (const [capability, row] of Object.entries(ROW_OF)) {
        const { level } = z
          .object({ level: z.enum(['full', 'partial', 'none']) })
          .parse(Object.entries(capabilities).find(([key]) => key === capability)?.[1]);
        expect(table.get(row)?.[column], `${name}: ${row}`).toMatch(WORD[level]);
      }
    }
  });
});
