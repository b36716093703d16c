import { describe, expect, it } from 'vitest';
import { GlobalShortcut } from '../../../main/shortcuts/global-shortcut.ts';
import { quietLogger } from '../../support/quiet-logger.ts';

/** A desktop where one shortcut is taken by another program. */
function desktop(taken: string) {
  const held = new Map<string, () => void>();
  return {
    held,
    registry: {
      register: (accelerator: string, press: () => void) => {
        if (accelerator === 'nonsense') throw new TypeError('no such keys');
        if (accelerator !== taken) held.set(accelerator, press);
        return accelerator !== taken;
      },
      unregister: (accelerator: string) => void held.delete(accelerator),
    },
  };
}

describe('the global shortcut', () => {
  it('is the one of the preferences, and only that', () => {
    const { held, registry } = desktop('');
    let pressed = 0;
    const shortcut = new GlobalShortcut({ registry, logger: quietLogger(), press: () => (pressed += 1) });
    expect(shortcut.set('Ctrl+M')).toEqual({ kind: 'active', accelerator: 'Ctrl+M' });
    held.get('Ctrl+M')?.();
    expect(pressed).toBe(1);
    shortcut.set('Ctrl+K');
    expect([...held.keys()]).toEqual(['Ctrl+K']);
    expect(shortcut.set(null)).toEqual({ kind: 'none' });
    expect(held.size).toBe(0);
  });

  it('says when another program has it, and tries again when it is asked to', () => {
    const { registry } = desktop('Ctrl+M');
    const logger = quietLogger();
    const shortcut = new GlobalShortcut({ registry, logger, press: () => undefined });
    expect(shortcut.set('Ctrl+M').kind).toBe('taken');
    expect(logger.lines).toMatchObject([{ level: 'warn' }]);
    expect(
      new GlobalShortcut({ registry: desktop('').registry, logger, press: () => undefined }).set('Ctrl+M').kind,
    ).toBe('active');
  });

  it('says when the text names no keys, without failing', () => {
    const shortcut = new GlobalShortcut({
      registry: desktop('').registry,
      logger: quietLogger(),
      press: () => undefined,
    });
    expect(shortcut.set('nonsense')).toEqual({ kind: 'invalid', accelerator: 'nonsense' });
    expect(shortcut.state.kind).toBe('invalid');
  });
});
