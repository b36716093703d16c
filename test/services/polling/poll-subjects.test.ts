import { afterEach, describe, expect, it } from 'vitest';
import { FakePlatform } from '../support/fake-platform.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

const MINUTE = 60_000;

/** Five people: one watched, one favourite, one on screen as long as `look` says so. */
async function bench() {
  const slack = new FakePlatform({ push: false });
  slack.people = ['ann', 'ben', 'cid', 'dan', 'eve'];
  const given = await signedIn({ slack });
  const { muster, clock, person } = given;
  muster.watches.create({ contactId: person('ann').id, to: ['online'], repeat: 'always' });
  muster.contacts.patch(person('ben').id, { favourite: true });
  const looks = async (minutes: number, each: () => void = () => undefined) => {
    slack.polled.length = 0;
    for (let step = 0; step < minutes * 2; step += 1) {
      each();
      await clock.advance(MINUTE / 2);
    }
    return Object.fromEntries(
      slack.people.map((userId) => [userId, slack.polled.filter((look) => look.userId === userId).length]),
    );
  };
  return { ...given, looks };
}

describe('whom the polls look at', () => {
  it('is, while nobody looks, the watched above all', async () => {
    const { looks } = await bench();
    const { ann = 0, ben = 0, cid = 0 } = await looks(30);
    expect(ann).toBeGreaterThanOrEqual(80);
    expect(ben).toBeGreaterThanOrEqual(5);
    expect(ben).toBeLessThanOrEqual(7);
    expect(cid).toBeGreaterThanOrEqual(2);
    expect(cid).toBeLessThanOrEqual(4);
  });

  it('is, while somebody looks, who is on screen first, and everybody sooner', async () => {
    const { muster, person, looks } = await bench();
    const { cid = 0, ann = 0, ben = 0, dan = 0 } = await looks(10, () => muster.attention.look([person('cid').id]));
    expect(cid).toBeGreaterThan(ann);
    expect(ann).toBeGreaterThan(ben);
    expect(ben).toBeGreaterThan(dan);
    expect(dan).toBeGreaterThanOrEqual(9);
  });

  it('is slow again a minute after the last look', async () => {
    const { muster, person, looks } = await bench();
    await looks(5, () => muster.attention.look([person('cid').id]));
    await looks(1);
    const { cid, dan } = await looks(8);
    expect(cid).toBeLessThanOrEqual(1);
    expect(dan).toBeLessThanOrEqual(1);
  });

  it('begins at once with who comes on screen', async () => {
    const { muster, clock, person, looks, platform } = await bench();
    await looks(3);
    platform.polled.length = 0;
    muster.attention.look([person('eve').id]);
    await clock.advance(1_000);
    expect(platform.polled[0]?.userId).toBe('eve');
  });
});
