import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BEGIN, capabilityTable, END, platformsDocument } from '../support/capability-table.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const packageSchema = z.object({ scripts: z.record(z.string(), z.string()) });
const DOCUMENTS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/decisions/README.md',
  'docs/platforms.md',
];

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

  it('promise of each platform what its manifest says (npm run capabilities)', () => {
    expect(read('README.md')).toContain(`${BEGIN}\n${capabilityTable()}\n${END}`);
    expect(read('docs/platforms.md')).toBe(platformsDocument());
  });
});
