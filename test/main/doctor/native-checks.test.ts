import { describe, expect, it } from 'vitest';
import { nativeChecks, notificationFinding, shortcutFinding, trayFinding } from '../../../main/doctor/native-checks.ts';

describe('the desktop’s own findings', () => {
  it('say what is missing and what to do about it', () => {
    for (const finding of [
      trayFinding(false),
      notificationFinding(false),
      shortcutFinding({ kind: 'taken', accelerator: 'Ctrl+M' }),
      shortcutFinding({ kind: 'invalid', accelerator: 'Ctrl+M' }),
    ]) {
      expect(finding.level).not.toBe('ok');
      expect(finding.action).not.toBeNull();
    }
  });

  it('are well where everything is', () => {
    for (const finding of [
      trayFinding(true),
      notificationFinding(true),
      shortcutFinding({ kind: 'none' }),
      shortcutFinding({ kind: 'active', accelerator: 'Ctrl+M' }),
    ]) {
      expect(finding).toMatchObject({ level: 'ok', action: null });
    }
  });

  it('cover runtime, tray, notifications and shortcut', async () => {
    const checks = nativeChecks({
      trayPresent: () => true,
      canNotify: () => false,
      bus: () => null,
      shortcut: () => ({ kind: 'none' }),
    });
    const findings = (await Promise.all(checks.map((check) => check()))).flat();
    expect(findings.map(({ id, level }) => [id, level])).toEqual([
      ['desktop-runtime', 'ok'],
      ['tray', 'ok'],
      ['notifications', 'problem'],
      ['shortcut', 'ok'],
    ]);
  });
});
