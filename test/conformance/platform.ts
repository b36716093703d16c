/**
 * The conformance suite: what every platform must do, whatever it is. Runs over every entry of the registry, each with a bench that
 * plays the platform's side. What a platform is exempt from says why.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../src/domain/errors.ts';
import { OWN_STATUSES } from '../../src/domain/own-status/intent.ts';
import { addMs, MINUTE_MS } from '../../src/domain/time.ts';
import type { Connection, OwnStatusBundle, OwnTarget, PlatformAdapter } from '../../src/platforms/platform.ts';
import { type Bench, type Exempt, type Stage, TROUBLES, type TroublePlan } from './bench.ts';
import { Seat } from './seat.ts';

/** Colleagues of the large roster. */
const THOUSANDS = 2_500;
/** How fast the clock goes while a push is awaited: slowly enough for answers to come before their time-outs. */
const PUSH_STEP_MS = 20;
/** How fast it goes until silence is noticed. */
const LOSS_STEP_MS = 500;

function isExempt(plan: TroublePlan | Exempt): plan is Exempt {
  return 'exempt' in plan;
}

const PUSHED = 'arrives by push, without being asked for';
const POLLED = 'arrives by poll, one place in the budget a call';

/** Declares the suite for one platform. */
export function describeConformance(adapter: PlatformAdapter, bench: Bench): void {
  const { manifest } = adapter;
  let stage: Stage;
  let seat: Seat;
  const exemptions: { readonly name: string; readonly reason: string }[] = [];

  /** A test that a platform may be exempt from; what it is exempt from is held against its manifest below. */
  function required(exemption: Exempt | null, name: string, run: () => Promise<void>): void {
    if (exemption === null) it(name, run);
    else exemptions.push({ name, reason: exemption.exempt });
  }

  async function stageWith(colleagues: number): Promise<void> {
    seat = new Seat(adapter);
    const { clock } = seat;
    stage = await bench.start({ colleagues, now: () => clock.now() });
  }

  /** Signed in, roster listed, the colleague looked at once. */
  async function signedIn(): Promise<Connection> {
    const connection = await seat.connect(stage);
    await seat.list(connection);
    return connection;
  }

  /** Until what is known of the colleague is as expected; asks again where there is no push. */
  async function sees(connection: Connection, expected: object): Promise<void> {
    await seat.look(connection, stage.colleague);
    if (connection.presence?.push) {
      const matches = (): boolean => {
        try {
          expect(seat.latest(stage.colleague)).toMatchObject(expected);
          return true;
        } catch {
          return false;
        }
      };
      await seat.until('the push', matches, PUSH_STEP_MS).catch(() => {});
    }
    expect(seat.latest(stage.colleague)).toMatchObject(expected);
  }

  async function isClean(): Promise<void> {
    await seat.until('open sockets to close', () => stage.sockets() === 0 && seat.inFlight === 0);
    expect(seat.clock.pending, 'timers left').toBe(0);
  }

  function keepsSecrets(...told: unknown[]): void {
    const text = [...seat.log, ...told.map((error) => textOf(error))].join('\n');
    for (const secret of Object.values(stage.secrets)) expect(text).not.toContain(secret);
  }

  describe(`${manifest.name} conforms`, () => {
    beforeEach(() => stageWith(3));
    afterEach(async () => {
      seat.abort.abort(new MusterError('cancelled', 'The test is over.'));
      await stage.close();
    });

    it('says what it can do, with a reason for everything that is not full', () => {
      for (const [name, { level, reason }] of Object.entries(manifest.capabilities)) {
        if (level === 'full') expect(reason, name).toBe(null);
        else expect(reason, name).toMatch(/\w.*\.$/);
      }
      expect(manifest.settings.safeParse({ ...Object(stage.settings), surprise: 1 }).success).toBe(false);
      expect(manifest.signIn.steps.length).toBeGreaterThan(0);
      expect(manifest.secrets.some(({ required: needed }) => needed)).toBe(true);
    });

    describe('signing in', () => {
      it('tells who one is, proves that it lives, and leaves nothing behind when it is closed', async () => {
        // Whatever can leave a timer or a question under way: everything that the colleague can be, one after the other.
        const connection = await signedIn();
        for (const { play } of bench.natives) {
          await play(stage);
          await seat.list(connection);
          await seat.look(connection, stage.colleague);
        }
        expect(connection.self.userId).not.toBe('');
        await seat.look(connection, stage.colleague);
        await seat.settled(connection.verify(seat.signal));
        await connection.close();
        await isClean();
        const reported = seat.observations.length;
        await stage.arrive();
        await seat.clock.advance(60 * MINUTE_MS);
        expect(seat.observations).toHaveLength(reported);
        expect(seat.lost).toEqual([]);
        keepsSecrets();
      });

      it('leaves nothing behind either when the account is aborted instead', async () => {
        const connection = await signedIn();
        await seat.look(connection, stage.colleague);
        seat.abort.abort(new MusterError('cancelled', 'closed'));
        await isClean();
      });

      for (const { what, secrets, code } of bench.refusals) {
        it(`refuses ${what} with the platform’s reason`, async () => {
          const error: unknown = await seat.connect(stage, secrets(stage)).catch((thrown: unknown) => thrown);
          expect(error).toBeInstanceOf(MusterError);
          expect(error).toMatchObject({ code, retry: 'reauth', message: expect.stringMatching(/\w.*\.$/) });
          await isClean();
          keepsSecrets(error);
        });
      }
    });

    it(`lists a roster of ${THOUSANDS} people page by page, everybody once`, { timeout: 60_000 }, async () => {
      await stage.close();
      await stageWith(THOUSANDS);
      const connection = await seat.connect(stage);
      const { people, pages } = await seat.list(connection);
      expect(people).toHaveLength(THOUSANDS);
      expect(new Set(people.map(({ userId }) => userId))).toEqual(stage.roster);
      expect(people.some(({ userId }) => userId === connection.self.userId)).toBe(false);
      expect(people.every(({ displayName }) => displayName !== '')).toBe(true);
      expect(pages).toBeGreaterThan(1);
      expect(seat.removed).toEqual([]);
    });

    describe('presence', () => {
      for (const { name, play, expected } of bench.natives) {
        it(`maps “${name}”`, async () => {
          await play(stage);
          const connection = await signedIn();
          await sees(connection, expected);
        });
      }

      required(bench.push, PUSHED, async () => {
        const connection = await signedIn();
        expect(connection.presence?.push).toBe(true);
        await stage.arrive();
        await seat.until('the push', () => seat.latest(stage.colleague)?.status === 'online', PUSH_STEP_MS);
        expect(seat.latest(stage.colleague)).toMatchObject({ source: 'push' });
      });

      required(bench.poll, POLLED, async () => {
        const connection = await signedIn();
        expect(connection.presence?.poll.some(({ facet }) => facet === 'presence')).toBe(true);
        for (const { batchSize, perMinute } of connection.presence?.poll ?? []) {
          expect(batchSize).toBeGreaterThan(0);
          expect(perMinute).toBeGreaterThan(0);
        }
        await stage.arrive();
        await sees(connection, { status: 'online', source: 'poll', observedAt: seat.clock.now() });
        // Twice what a minute allows, wished for at once.
        for (const { perMinute, poll } of connection.presence?.poll ?? []) {
          const looks = Array.from({ length: 2 * perMinute }, () => poll([stage.colleague], seat.signal));
          await seat.settled(Promise.all(looks), 10_000);
        }
        expect(stage.limitsPassed()).toEqual([]);
      });

      it('counts the first snapshot as replayed, and a change after it as news', async () => {
        await stage.arrive();
        const connection = await signedIn();
        await sees(connection, { status: 'online', replayed: true });
        await stage.leave();
        await sees(connection, {
          status: bench.natives.find(({ name }) => /disconnected|unavailable/.test(name))?.expected.status,
        });
        await seat.clock.advance(MINUTE_MS);
        await stage.arrive();
        await sees(connection, { status: 'online', replayed: false });
      });

      it('says nothing about people who are opted out', async () => {
        seat.optedOut.add(stage.colleague);
        const connection = await signedIn();
        await stage.arrive();
        await seat.look(connection, stage.colleague);
        await new Promise((resolve) => setTimeout(resolve, 100));
        await seat.clock.advance(MINUTE_MS);
        expect(seat.latest(stage.colleague)).toBeUndefined();
        expect(stage.asked(stage.colleague)).toBe(0);
        expect(seat.removed).toEqual([]);
      });
    });

    describe('own status', () => {
      async function bundle(): Promise<{ connection: Connection; own: OwnStatusBundle }> {
        const connection = await signedIn();
        if (connection.ownStatus === undefined) throw new Error('no own status');
        return { connection, own: connection.ownStatus };
      }
      const apply = (own: OwnStatusBundle, target: Partial<OwnTarget>) =>
        seat.settled(own.apply({ status: null, doNotDisturb: null, ...target }, seat.signal));
      const read = (own: OwnStatusBundle) => seat.settled(own.read(seat.signal));

      for (const status of OWN_STATUSES) {
        it(`sets ${status}, reads it back, and gives back what was there`, async () => {
          const { own } = await bundle();
          const before = await read(own);
          const held = stage.held();
          const until = addMs(seat.clock.now(), 20 * MINUTE_MS);
          const { status: result, doNotDisturb } = await apply(own, {
            status: { kind: 'set', status, message: 'In the engine room', emoji: '🎧', until },
          });
          expect(doNotDisturb).toBe(null);
          expect(result?.outcome).toBe(bench.own[status].outcome);
          expect(result?.detail === null).toBe(result?.outcome === 'applied');
          const written = await read(own);
          expect(bench.own[status].reads).toContain(written.status.status);
          expect(`${written.status.emoji ?? ''}${written.status.message}`).toContain('In the engine room');
          expect(stage.held()).not.toEqual(held);
          expect(
            own.compare('status', written.status.snapshot, (await read(own)).status.snapshot, seat.clock.now()),
          ).toBe('same');
          // As after a restart: the snapshot comes from a database.
          const snapshot = JSON.parse(JSON.stringify(before.status.snapshot));
          await apply(own, { status: { kind: 'restore', snapshot } });
          expect(stage.held()).toEqual(held);
          expect(own.compare('status', snapshot, (await read(own)).status.snapshot, seat.clock.now())).toBe('same');
        });
      }

      it('sets do-not-disturb, reads it back, and gives back what was there', async () => {
        const { own } = await bundle();
        const before = await read(own);
        const held = stage.held();
        const until = addMs(seat.clock.now(), 20 * MINUTE_MS);
        const { status, doNotDisturb } = await apply(own, { doNotDisturb: { kind: 'set', active: true, until } });
        expect(status).toBe(null);
        expect(doNotDisturb?.outcome).not.toBe('unsupported');
        expect((await read(own)).doNotDisturb.active).toBe(true);
        expect(stage.held()).not.toEqual(held);
        await apply(own, { doNotDisturb: { kind: 'restore', snapshot: before.doNotDisturb.snapshot } });
        expect((await read(own)).doNotDisturb.active).toBe(false);
        expect(stage.held()).toEqual(held);
      });

      required(bench.override, 'sees that the user changed it in the platform’s own app', async () => {
        const { own } = await bundle();
        await apply(own, {
          status: { kind: 'set', status: 'busy', message: 'Ours', emoji: null, until: null },
          doNotDisturb: { kind: 'set', active: true, until: addMs(seat.clock.now(), 20 * MINUTE_MS) },
        });
        const written = await read(own);
        await stage.changeOwn();
        const now = await read(own);
        expect(own.compare('status', written.status.snapshot, now.status.snapshot, seat.clock.now())).toBe('changed');
        expect(
          own.compare('doNotDisturb', written.doNotDisturb.snapshot, now.doNotDisturb.snapshot, seat.clock.now()),
        ).toBe('changed');
      });
    });

    describe('what goes wrong under way', () => {
      for (const trouble of TROUBLES) {
        const plan = bench.troubles[trouble];
        if (isExempt(plan)) {
          required(plan, `survives: ${trouble}`, async () => {});
          continue;
        }
        it(`survives: ${trouble}`, async () => {
          await stage.arrive();
          let connection = await signedIn();
          await sees(connection, { status: 'online' });
          const known = seat.observations.length;
          const undo = await plan.cause(stage);
          if (plan.effect === 'none') {
            await sees(connection, plan.expected ?? {});
            expect(seat.lost).toEqual([]);
            undo();
            await sees(connection, { status: 'online' });
            return;
          }
          const error = await broken(connection);
          expect(plan.codes).toContain(error.code);
          expect(error.retryAfterMs).toBe(plan.retryAfterMs ?? null);
          expect(error.retry).toBe(plan.effect === 'ending' ? 'reauth' : 'later');
          keepsSecrets(error);
          // What was known is not taken back: it ages.
          expect(seat.observations.slice(known).every(({ status }) => status === 'online')).toBe(true);
          undo();
          if (plan.effect === 'ending') {
            expect(seat.lost.length).toBe(1);
            await expect(seat.connect(stage)).rejects.toMatchObject({ retry: 'reauth' });
            return;
          }
          if (plan.effect === 'loss') connection = await seat.recover(stage, connection);
          await stage.leave();
          await stage.arrive();
          await sees(connection, { status: 'online' });
          await connection.close();
          await isClean();
        });
      }

      it('comes back after the server was restarted', async () => {
        await stage.arrive();
        let connection = await signedIn();
        await sees(connection, { status: 'online' });
        await stage.restart();
        const alive = await seat.settled(connection.verify(seat.signal)).then(
          () => true,
          (thrown: unknown) => {
            expect(thrown).toMatchObject({ retry: 'later' });
            return false;
          },
        );
        if (!alive || seat.lost.length > 0) connection = await seat.recover(stage, connection);
        expect(seat.lost.every(({ retry }) => retry === 'later')).toBe(true);
        await stage.arrive();
        await seat.list(connection);
        await sees(connection, { status: 'online' });
        await connection.close();
        await isClean();
      });

      it('notices after sleep that the connection is dead, and comes back', async () => {
        await stage.arrive();
        let connection = await signedIn();
        await sees(connection, { status: 'online' });
        const undo = await stage.blackhole();
        seat.clock.jump(8 * 60 * MINUTE_MS);
        const error: unknown = await seat.settled(connection.verify(seat.signal)).catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ retry: 'later' });
        undo();
        connection = await seat.recover(stage, connection);
        await stage.leave();
        await stage.arrive();
        await sees(connection, { status: 'online' });
        await connection.close();
        await isClean();
      });

      it('ends what is under way when it is closed', async () => {
        const connection = await signedIn();
        const undo = await stage.blackhole();
        const verifying = connection.verify(seat.signal).then(
          () => null,
          (thrown: unknown) => thrown,
        );
        await new Promise((resolve) => setTimeout(resolve, 30));
        await seat.settled(connection.close());
        expect(await seat.settled(verifying)).toBeInstanceOf(MusterError);
        undo();
        await isClean();
      });
    });

    it('is exempt only from what its manifest does not promise, each with a reason', () => {
      for (const { reason } of exemptions) expect(reason).toMatch(/^\S+ .{10,}$/);
      const exempt = new Set(exemptions.map(({ name }) => name));
      expect(exempt.has(PUSHED)).toBe(manifest.delivery === 'poll');
      expect(exempt.has(POLLED)).toBe(manifest.delivery === 'push');
      expect(exempt.size).toBeLessThanOrEqual(4);
    });
  });

  /** The error that the next look, or the connection by itself, comes to. */
  async function broken(connection: Connection): Promise<MusterError> {
    if (connection.presence?.push) {
      await seat.until('the loss', () => seat.lost.length > 0, LOSS_STEP_MS);
      const [lost] = seat.lost;
      if (lost !== undefined) return lost;
    }
    const error: unknown = await seat.look(connection, stage.colleague).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof MusterError)) throw new Error('nothing broke, or not as a MusterError');
    return error;
  }
}

/** Everything of an error that could come to light: message, parameters, and the same of its causes. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const params = error instanceof MusterError ? JSON.stringify(error.params) : '';
  return `${error.message} ${params} ${error.cause === undefined ? '' : textOf(error.cause)}`;
}
