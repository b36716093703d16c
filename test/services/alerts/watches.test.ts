import { afterEach, describe, expect, it } from 'vitest';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

describe('watches', () => {
  it('are made, changed, kept over a restart and deleted, each announced', async () => {
    const { muster, core, clock, person, named, restart } = await signedIn();
    const fields = { contactId: person('ann').id, to: ['online' as const], repeat: 'once' as const };
    const made = muster.watches.create({ ...fields, from: ['offline'], note: 'Ask her' });
    expect(made).toMatchObject({ from: ['offline'], to: ['online'], repeat: 'once', note: 'Ask her', enabled: true });
    await clock.advance(1_000);
    const changed = muster.watches.replace(made.id, { ...fields, enabled: false });
    expect(changed).toMatchObject({ id: made.id, createdAt: made.createdAt, from: null, note: null, enabled: false });
    expect(muster.watches.watched().size).toBe(0);
    await core.stop();
    const { watches } = restart().muster;
    expect(watches.list()).toEqual([changed]);
    watches.delete(made.id);
    expect(named('settings').map(({ data }) => ('removed' in data ? 'removed' : 'changed'))).toEqual([
      'changed',
      'changed',
      'removed',
    ]);
    expect(() => watches.get(made.id)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(() => watches.replace(made.id, fields)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(() => watches.delete(made.id)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('are refused for nobody and for who is opted out, naming the field', async () => {
    const { muster, person } = await signedIn();
    const issue = expect.objectContaining({
      code: 'invalid-request',
      issues: [expect.objectContaining({ path: 'contactId' })],
    });
    expect(() => muster.watches.create({ contactId: 'c_none', to: ['online'], repeat: 'once' })).toThrow(issue);
    muster.contacts.patch(person('ann').id, { monitored: false });
    expect(() => muster.watches.create({ contactId: person('ann').id, to: ['online'], repeat: 'once' })).toThrow(issue);
  });

  it('follow a person through links, and go with them', async () => {
    const { muster, core, platform, person, account } = await signedIn();
    const [ann, ben] = [person('ann').id, person('ben').id];
    const { id } = muster.watches.create({ contactId: ben, to: ['online'], repeat: 'always' });
    muster.contacts.link([ann, ben]);
    expect(muster.watches.get(id).contactId).toBe(ann);
    expect(core.database.watches.all().map((watch) => watch.contactId)).toEqual([ann]);
    platform.live().report.removed(['ann', 'ben']);
    expect(muster.watches.list()).toEqual([]);
    expect(core.database.watches.all()).toEqual([]);
    expect(account.id).toBeTruthy();
  });

  it('have people looked at more often', async () => {
    const { muster, person } = await signedIn();
    muster.watches.create({ contactId: person('ann').id, to: ['online'], repeat: 'always' });
    expect([...muster.watches.watched()]).toEqual([person('ann').id]);
    expect(muster.watches.about(person('ben').id)).toEqual([]);
  });
});
