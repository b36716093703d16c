import { afterEach, describe, expect, it } from 'vitest';
import { FakePlatform } from '../support/fake-platform.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

/** Ann is on Slack with a confirmed email that is spelled like an XMPP address. */
async function twoAnns() {
  const [slack, xmpp] = [new FakePlatform(), new FakePlatform({ platform: 'xmpp' })];
  slack.details.set('ann', { email: 'ann@example.org' });
  xmpp.people = ['ann@example.org'];
  return signedIn({ slack, xmpp });
}

describe('suggestions to link', () => {
  it('are only suggestions, and gone once they are followed, over a restart too', async () => {
    const { muster, core, clock, restart } = await twoAnns();
    const [suggestion] = muster.suggestions.list();
    expect(suggestion).toMatchObject({
      reasons: [{ kind: 'address-equals-email', detail: 'ann@example.org' }],
    });
    expect(muster.contacts.all()).toHaveLength(3);
    muster.contacts.link(suggestion?.contactIds ?? []);
    expect(muster.suggestions.list()).toEqual([]);
    await core.stop();
    const second = restart();
    await clock.advance(100);
    expect(second.muster.suggestions.list()).toEqual([]);
    expect(second.muster.contacts.all()).toHaveLength(2);
  });

  it('do not come back after they were refused, over a restart too', async () => {
    const { muster, core, clock, restart } = await twoAnns();
    const { id = '' } = muster.suggestions.list()[0] ?? {};
    muster.suggestions.dismiss(id);
    expect(muster.suggestions.list()).toEqual([]);
    expect(() => muster.suggestions.dismiss(id)).toThrow(expect.objectContaining({ code: 'not-found' }));
    await core.stop();
    const second = restart();
    await clock.advance(100);
    expect(second.muster.suggestions.list()).toEqual([]);
  });
});
