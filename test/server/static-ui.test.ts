import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { staticInterface } from '../../src/server/static-ui.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-ui-'));
  mkdirSync(join(folder, 'ui/assets'), { recursive: true });
  writeFileSync(join(folder, 'ui/index.html'), '<title>Page</title>');
  writeFileSync(join(folder, 'ui/assets/app-1a2b.js'), 'export {};');
  writeFileSync(join(folder, 'secret.json'), '{}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('gives the page for every place of the interface, asked for anew each time', async () => {
  for (const path of ['/', '/people/c_1', '/alerts']) {
    const answer = await staticInterface(join(folder, 'ui'))(path);
    expect([answer.status, await answer.text(), answer.headers.get('cache-control')]).toEqual([
      200,
      '<title>Page</title>',
      'no-cache',
    ]);
  }
});

it('gives hashed files for good', async () => {
  const answer = await staticInterface(join(folder, 'ui'))('/assets/app-1a2b.js');
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect(answer.headers.get('content-type')).toContain('javascript');
});

it('has nothing that is not in the folder', async () => {
  for (const path of ['/../secret.json', '/..%2fsecret.json', '/assets/none.js', '/assets/app.exe'])
    expect((await staticInterface(join(folder, 'ui'))(path)).status, path).toBe(404);
  for (const path of ['/%00', '/%zz']) expect((await staticInterface(join(folder, 'ui'))(path)).status, path).toBe(400);
});

it('says how to build the interface when it is not there', async () => {
  const answer = await staticInterface(join(folder, 'none'))('/');
  expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('npm run build')]);
});
