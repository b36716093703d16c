import { describe, expect, it } from 'vitest';
import { acceleratorOf, type Press, shortcutWords } from '../../../../renderer/features/preferences/accelerator.ts';

const press = (key: string, given: Partial<Press> = {}): Press => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...given,
});

describe('a recorded shortcut', () => {
  it('is what Electron calls the pressed keys', () => {
    expect(acceleratorOf(press('M', { ctrlKey: true, shiftKey: true }), false)).toBe('CommandOrControl+Shift+M');
    expect(acceleratorOf(press('m', { metaKey: true, ctrlKey: true }), true)).toBe('CommandOrControl+Control+M');
    expect(acceleratorOf(press('ArrowUp', { altKey: true }), false)).toBe('Alt+Up');
    expect(acceleratorOf(press('+', { ctrlKey: true }), false)).toBe('CommandOrControl+Plus');
    expect(acceleratorOf(press('µ', { altKey: true, code: 'KeyM' }), true)).toBe('Alt+M');
  });

  it('waits while only modifiers are held, and leaves keys of typing alone', () => {
    expect(acceleratorOf(press('Shift', { shiftKey: true }), false)).toBeNull();
    expect(acceleratorOf(press('Control', { ctrlKey: true }), false)).toBeNull();
    expect(acceleratorOf(press('m'), false)).toBeNull();
    expect(acceleratorOf(press('M', { shiftKey: true }), false)).toBeNull();
    expect(acceleratorOf(press('F8'), false)).toBe('F8');
  });

  it('is shown as it stands on the keyboard', () => {
    expect(shortcutWords('CommandOrControl+Shift+M', false)).toBe('Ctrl + Shift + M');
    expect(shortcutWords('CommandOrControl+Shift+M', true)).toBe('⌘ ⇧ M');
  });
});
