import { expect, it } from 'vitest';
import { OWN_STATUSES } from '../../src/domain/own-status/intent.ts';
import { addMs, MINUTE_MS } from '../../src/domain/time.ts';
import type { Connection, OwnStatusBundle, OwnTarget, PlatformAdapter } from '../../src/platforms/platform.ts';
import { describeIf, itIf } from './asked.ts';
import type { Bench, Stage } from './bench.ts';
import type { Seat } from './seat.ts';

/** What a platform may lack beside troubles: changes of one's own status by another app of the user's. */
export const OVERRIDE = 'override';

/** The part of the suite about one's own status, for platforms that can set any of it. */
export function describeOwnStatus(
  { manifest }: PlatformAdapter,
  bench: Bench,
  { stage, seat, signedIn }: { stage: () => Stage; seat: () => Seat; signedIn: () => Promise<Connection> },
): void {
  const { capabilities } = manifest;
  const setsOwn = capabilities.ownAvailability.level !== 'none' || capabilities.ownMessage.level !== 'none';
  const lacks = new Set(manifest.lacks.map(({ what }) => what));
  describeIf(setsOwn)('own status', () => {
    async function bundle(): Promise<{ connection: Connection; own: OwnStatusBundle }> {
      const connection = await signedIn();
      if (connection.ownStatus === undefined) throw new Error('no own status');
      return { connection, own: connection.ownStatus };
    }
    const apply = (own: OwnStatusBundle, target: Partial<OwnTarget>) =>
      seat().settled(own.apply({ status: null, doNotDisturb: null, ...target }, seat().signal), bench.ownStepMs);
    const read = (own: OwnStatusBundle) => seat().settled(own.read(seat().signal));

    for (const status of OWN_STATUSES) {
      it(`sets ${status}, reads it back, and gives back what was there`, async () => {
        const { own } = await bundle();
        const before = await read(own);
        const held = stage().held();
        const wanted = bench.own?.[status];
        const until = addMs(seat().clock.now(), 20 * MINUTE_MS);
        const { status: result, doNotDisturb } = await apply(own, {
          status: { kind: 'set', status, message: 'In the engine room', emoji: '🎧', until },
        });
        expect(doNotDisturb).toBe(null);
        expect(result?.outcome).toBe(wanted?.outcome);
        expect(result?.detail === null).toBe(result?.outcome === 'applied');
        const written = await read(own);
        expect(wanted?.reads).toContain(written.status.status);
        if (capabilities.ownMessage.level !== 'none') {
          expect(`${written.status.emoji ?? ''}${written.status.message}`).toContain('In the engine room');
        }
        if (wanted?.outcome === 'unsupported') expect(stage().held()).toEqual(held);
        else expect(stage().held()).not.toEqual(held);
        expect(
          own.compare('status', written.status.snapshot, (await read(own)).status.snapshot, seat().clock.now()),
        ).toBe('same');
        // As after a restart: the snapshot comes from a database.
        const snapshot = JSON.parse(JSON.stringify(before.status.snapshot));
        await apply(own, { status: { kind: 'restore', snapshot } });
        expect(stage().held()).toEqual(held);
        expect(own.compare('status', snapshot, (await read(own)).status.snapshot, seat().clock.now())).toBe('same');
      });
    }

    it('sets do-not-disturb, reads it back, and gives back what was there', async () => {
      const { own } = await bundle();
      const before = await read(own);
      const held = stage().held();
      const until = addMs(seat().clock.now(), 20 * MINUTE_MS);
      const { status, doNotDisturb } = await apply(own, { doNotDisturb: { kind: 'set', active: true, until } });
      expect(status).toBe(null);
      expect(doNotDisturb?.outcome).toBe(bench.ownDoNotDisturb);
      if (bench.ownDoNotDisturb === 'unsupported') {
        expect(capabilities.doNotDisturb.level).not.toBe('full');
        expect(stage().held()).toEqual(held);
        return;
      }
      expect((await read(own)).doNotDisturb.active).toBe(true);
      expect(stage().held()).not.toEqual(held);
      await apply(own, { doNotDisturb: { kind: 'restore', snapshot: before.doNotDisturb.snapshot } });
      expect((await read(own)).doNotDisturb.active).toBe(false);
      expect(stage().held()).toEqual(held);
    });

    itIf(!lacks.has(OVERRIDE))('sees that the user changed it in the platform’s own app', async () => {
      const { own } = await bundle();
      await apply(own, {
        status: { kind: 'set', status: 'busy', message: 'Ours', emoji: null, until: null },
        doNotDisturb: { kind: 'set', active: true, until: addMs(seat().clock.now(), 20 * MINUTE_MS) },
      });
      const written = await read(own);
      await stage().changeOwn();
      const now = await read(own);
      expect(own.compare('status', written.status.snapshot, now.status.snapshot, seat().clock.now())).toBe('changed');
      if (bench.ownDoNotDisturb === 'unsupported') return;
      expect(
        own.compare('doNotDisturb', written.doNotDisturb.snapshot, now.doNotDisturb.snapshot, seat().clock.now()),
      ).toBe('changed');
    });
  });
}
