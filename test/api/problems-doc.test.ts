import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROBLEMS } from '../../src/contract/index.ts';

it('docs/problems.md lists exactly the codes that can be answered, with their status', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/problems.md'), 'utf8');
  const listed = [...text.matchAll(/^\| `([\w-]+)` \| (\d{3}) \|/gm)].map(([, code, status]) => [code, Number(status)]);
  expect(listed).toEqual(Object.entries(PROBLEMS).map(([code, { status }]) => [code, status]));
});
