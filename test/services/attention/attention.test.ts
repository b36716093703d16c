import { describe, expect, it } from 'vitest';
import { Attention } from '../../../src/services/attention/attention.ts';
import { FakeClock } from '../../support/fake-clock.ts';

function bench() {
  const clock = new FakeClock();
  const attention = new Attention(clock);
  let changes = 0;
  const leave = attention.onChange(() => {
    changes += 1;
  });
  return { clock, attention, leave, changes: () => changes };
}

describe('attention', () => {
  it('forgets after a minute who was on screen, unless it is renewed', async () => {
    const { clock, attention, changes } = bench();
    attention.look(['ann']);
    expect(changes()).toBe(1);
    await clock.advance(59_000);
    attention.look(['ann']);
    expect(changes()).toBe(1);
    await clock.advance(59_000);
    expect([...attention.onScreen()]).toEqual(['ann']);
    await clock.advance(1_000);
    expect([attention.onScreen().size, attention.attended(), changes()]).toEqual([0, false, 2]);
    expect(clock.pending).toBe(0);
  });

  it('plans anew only for somebody new', () => {
    const { attention, changes } = bench();
    attention.look(['ann', 'ben']);
    attention.look(['ben']);
    expect(changes()).toBe(1);
    attention.look(['ben', 'cid']);
    expect(changes()).toBe(2);
  });

  it('counts callers for a minute, and readers while they stay', async () => {
    const { clock, attention, changes, leave } = bench();
    attention.noteCaller();
    attention.noteCaller();
    expect([attention.attended(), changes()]).toEqual([true, 1]);
    await clock.advance(60_000);
    expect(attention.attended()).toBe(false);
    const first = attention.noteReader();
    const second = attention.noteReader();
    first();
    first();
    expect(attention.attended()).toBe(true);
    second();
    expect(attention.attended()).toBe(false);
    leave();
    attention.look(['ann']);
    expect(changes()).toBe(2);
    attention.stop();
    expect(clock.pending).toBe(0);
  });
});
