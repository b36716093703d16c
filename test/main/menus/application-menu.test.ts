import { describe, expect, it, vi } from 'vitest';
import { applicationMenu } from '../../../main/menus/application-menu.ts';
import { en } from '../../../main/strings/en.ts';

describe('the application menu', () => {
  it('has the keys that people know, on every system', () => {
    for (const mac of [true, false]) {
      const commands = { preferences: vi.fn(), quit: vi.fn() };
      const text = JSON.stringify(applicationMenu(en, mac, commands));
      for (const role of ['zoomIn', 'zoomOut', 'resetZoom', 'copy', 'paste', 'close'])
        expect(text).toContain(`"${role}"`);
      expect(text).toContain('CommandOrControl+Q');
      expect(text).not.toMatch(/reload|toggleDevTools/i);
    }
  });
});
