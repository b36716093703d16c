import { describe, expect, it } from 'vitest';
import { wordingFor } from '../../../main/strings/words.ts';
import { trayFace } from '../../../main/tray/tray-face.ts';
import { STATUSES } from '../../../src/contract/index.ts';
import { epochMs } from '../../../src/domain/time.ts';
import { busyMe, quietMe } from './me.ts';

const wording = wordingFor('en', ['en-GB']);
const now = epochMs(Date.parse('2026-03-02T08:00:00Z'));
const facts = { me: quietMe, accounts: [{ label: 'Work', state: 'connected' as const }], unseenAlerts: 0, now };
const at = (instant: string) =>
  new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit' }).format(new Date(instant));

describe('the tray icon', () => {
  it('has the shape of my own status', () => {
    for (const status of STATUSES) {
      expect(trayFace({ ...facts, me: { ...quietMe, status } }, wording)).toMatchObject({
        shape: status,
        badge: 'plain',
      });
    }
  });

  it('shows do-not-disturb in its place', () => {
    const me = { ...busyMe, doNotDisturb: { ...busyMe.doNotDisturb, active: true, until: '2026-03-02T16:30:00Z' } };
    const face = trayFace({ ...facts, me }, wording);
    expect(face.shape).toBe('do-not-disturb');
    expect(face.toolTip).toBe(
      `Busy · 🎧 Design & review · until ${at('2026-03-02T15:00:00Z')} · Do Not Disturb until ${at('2026-03-02T16:30:00Z')}`,
    );
  });

  it('names the day of an end that is further away', () => {
    const me = { ...busyMe, intent: busyMe.intent && { ...busyMe.intent, until: '2026-03-09T15:00:00Z' } };
    expect(trayFace({ ...facts, me }, wording).toolTip).toContain('until 9 Mar');
  });

  it('is marked for trouble with a connection, the worst first', () => {
    const accounts = [
      { label: 'Home', state: 'degraded' as const },
      { label: 'Work', state: 'needs-sign-in' as const },
      { label: 'Old', state: 'disabled' as const },
      { label: 'New', state: 'connecting' as const },
    ];
    const face = trayFace({ ...facts, accounts, unseenAlerts: 2 }, wording);
    expect(face.badge).toBe('trouble');
    expect(face.toolTip).toBe('Online\nWork needs a sign-in\nHome works only in part\n2 new alerts');
  });

  it('is marked for alerts that nobody looked at', () => {
    const face = trayFace({ ...facts, unseenAlerts: 1 }, wording);
    expect(face).toMatchObject({ badge: 'attention', toolTip: 'Online\n1 new alert' });
  });

  it('says when there is no account, in the user’s language', () => {
    expect(trayFace({ ...facts, accounts: [] }, wordingFor('de', [])).toolTip).toBe('Online\nNoch kein Konto');
  });
});
