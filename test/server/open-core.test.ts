import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { headlessAlertWords, headlessNoticeWords } from '../../src/server/alert-words.ts';
import { openCore } from '../../src/server/open-core.ts';
import { confStore } from '../../src/settings/conf-store.ts';

const home = mkdtempSync(join(tmpdir(), 'muster-core-'));
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('a core on a home', () => {
  it('leaves in its log what ended it, until it is stopped', async () => {
    const before = process.listenerCount('uncaughtExceptionMonitor');
    const core = await openCore(home, {
      version: '1',
      env: { MUSTER_KEYCHAIN: 'memory' },
      makePreferences: confStore,
      notifier: { notify: async () => true },
      alertWords: headlessAlertWords,
      noticeWords: headlessNoticeWords,
    });
    const bug = new TypeError('x is not a function');
    for (const told of process.listeners('uncaughtExceptionMonitor')) told(bug, 'uncaughtException');
    await core.stop();
    expect(readFileSync(join(home, 'logs', 'muster.log'), 'utf8')).toMatch(
      /(?=.*nobody caught)(?=.*x is not a function)/,
    );
    expect(process.listenerCount('uncaughtExceptionMonitor')).toBe(before);
  });
});
