import { beforeEach, describe, expect, it } from 'vitest';
import { KEPT_MS, KeptWindow } from '../../../main/windows/kept-window.ts';
import { FakeClock } from '../../support/fake-clock.ts';

describe('a window that is kept while hidden', () => {
  let clock: FakeClock;
  let made: string[][];
  let kept: KeptWindow;

  beforeEach(() => {
    clock = new FakeClock();
    made = [];
    kept = new KeptWindow({
      clock,
      make: () => {
        const done: string[] = [];
        made.push(done);
        return { show: () => done.push('show'), hide: () => done.push('hide'), destroy: () => done.push('destroy') };
      },
    });
  });

  it('is made at the first click, and is the same at the next ones', async () => {
    kept.toggle();
    kept.toggle();
    await clock.advance(KEPT_MS - 1);
    kept.toggle();
    expect(made).toEqual([['show', 'hide', 'show']]);
  });

  it('is destroyed five minutes after it was last hidden, and made anew after that', async () => {
    kept.toggle();
    kept.toggle();
    await clock.advance(KEPT_MS - 1);
    expect(made).toEqual([['show', 'hide']]);
    await clock.advance(1);
    expect(made).toEqual([['show', 'hide', 'destroy']]);
    kept.toggle();
    expect(made).toEqual([['show', 'hide', 'destroy'], ['show']]);
  });

  it('is not destroyed while it is shown, however long', async () => {
    kept.toggle();
    kept.toggle();
    await clock.advance(KEPT_MS - 1_000);
    kept.toggle();
    await clock.advance(3 * KEPT_MS);
    expect(made).toEqual([['show', 'hide', 'show']]);
  });

  it('hides when the focus goes elsewhere', async () => {
    kept.toggle();
    kept.lostFocus();
    expect(made).toEqual([['show', 'hide']]);
    await clock.advance(KEPT_MS);
    expect(made).toEqual([['show', 'hide', 'destroy']]);
  });

  it('stays closed when the click that took its focus arrives, and opens with the next', async () => {
    kept.toggle();
    kept.lostFocus();
    await clock.advance(100);
    kept.toggle();
    expect(made).toEqual([['show', 'hide']]);
    await clock.advance(100);
    kept.toggle();
    expect(made).toEqual([['show', 'hide', 'show']]);
  });

  it('leaves nothing behind when it is destroyed', () => {
    kept.toggle();
    kept.toggle();
    kept.destroy();
    kept.destroy();
    expect(made).toEqual([['show', 'hide', 'destroy']]);
    expect(clock.pending).toBe(0);
  });
});
