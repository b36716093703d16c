import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/infra/clock/system-clock.ts';
import { sessionFile } from '../../../src/infra/home/session-file.ts';
import { newCode, Sessions } from '../../../src/server/sessions.ts';

const homes: string[] = [];
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'muster-sessions-'));
  homes.push(home);
  return home;
}

const start = (home: string, token: string) => new Sessions({ token, clock: systemClock, file: sessionFile(home) });

describe('signed-in browsers', () => {
  it('stay so over a restart with another token, and the home holds no cookie', () => {
    const home = newHome();
    const cookie = start(home, 'first').redeem(newCode('first', systemClock.now()));
    expect(start(home, 'second').has(cookie)).toBe(true);
    const file = join(home, 'sessions.json');
    expect(readFileSync(file, 'utf8')).not.toContain(cookie);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('are signed out for good when they sign out', () => {
    const home = newHome();
    const sessions = start(home, 'first');
    const cookie = sessions.redeem(newCode('first', systemClock.now()));
    sessions.end(cookie);
    expect(start(home, 'second').has(cookie)).toBe(false);
  });

  it('sign in anew when the file is damaged; it lets nobody in', () => {
    const home = newHome();
    const cookie = start(home, 'first').redeem(newCode('first', systemClock.now()));
    writeFileSync(join(home, 'sessions.json'), `["${cookie}", 7`);
    expect(start(home, 'second').has(cookie)).toBe(false);
  });
});
