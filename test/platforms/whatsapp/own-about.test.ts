import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OwnStatusBundle, OwnTarget } from '../../../src/platforms/platform.ts';
import { whatsappSeat } from './signed-in.ts';

describe('the “About” text as one’s own words', () => {
  let at: Awaited<ReturnType<typeof whatsappSeat>>;
  let own: OwnStatusBundle;
  beforeEach(async () => {
    at = await whatsappSeat({ publishAbout: true });
    const { ownStatus } = await at.connect();
    if (ownStatus === undefined) throw new Error('no own status');
    own = ownStatus;
  });
  afterEach(() => at.close());
  const say = (message: string | null, emoji: string | null = null) =>
    apply({ kind: 'set', status: 'busy', message, emoji, until: null });
  async function apply(status: NonNullable<OwnTarget['status']>) {
    const result = await at.seat.settled(own.apply({ status, doNotDisturb: null }, at.seat.signal));
    return result.status;
  }

  it('is not touched unless the account opted in', async () => {
    const other = await whatsappSeat();
    expect((await other.connect()).ownStatus).toBeUndefined();
    await other.close();
  });

  it('takes 139 characters, cut between graphemes, and says so', async () => {
    expect(await say('x'.repeat(139))).toMatchObject({ outcome: 'partial' });
    expect(at.number.about).toBe('x'.repeat(139));
    const result = await say('👩‍👩‍👧‍👦'.repeat(40), '🎧');
    expect(result?.detail).toContain('139');
    expect([...at.number.about].length).toBeLessThanOrEqual(139);
    expect(at.number.about).toMatch(/^🎧 (👩‍👩‍👧‍👦)+…$/u);
  });

  it('puts the old text back for a wish without words, since it cannot be empty', async () => {
    await say('In the engine room');
    await say('Still there');
    expect((await say(null))?.detail).toContain('back');
    expect(at.number.about).toBe('We build engines.');
  });

  it('leaves a text alone that somebody wrote meanwhile', async () => {
    await say('In the engine room');
    at.number.about = 'Closed on Sundays.';
    await say(null);
    expect(at.number.about).toBe('Closed on Sundays.');
  });

  it('does not begin where it could not end', async () => {
    at.number.about = '';
    expect(await say('In the engine room')).toMatchObject({ outcome: 'unsupported' });
    expect(at.number.about).toBe('');
  });

  it('refuses a snapshot that is none', async () => {
    await expect(apply({ kind: 'restore', snapshot: { text: 7 } })).rejects.toMatchObject({ code: 'internal' });
  });
});
