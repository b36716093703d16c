/**
 * The conformance suite: what every platform must do, whatever it is. Runs over every entry of the registry, each with a bench that
 * plays the platform's side. What a platform is exempt from says why.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../src/domain/errors.ts';
import { MINUTE_MS } from '../../src/domain/time.ts';
import type { Connection, OwnStatusBundle, PlatformAdapter } from '../../src/platforms/platform.ts';
import { perMinuteOf } from '../../src/services/polling/sliding-windows.ts';
import { itIf } from './asked.ts';
import { type Bench, type Stage, TROUBLES } from './bench.ts';
import { describeOwnStatus, OVERRIDE } from './own-status.ts';
import { Seat } from './seat.ts';
import { textOf } from './text-of.ts';

/** Colleagues of the large roster. */
const THOUSANDS = 2_500;
/** How fast the clock goes while a push is awaited: slowly enough for answers to come before their time-outs. */
const PUSH_STEP_MS = 20;
/** How fast it goes until silence is noticed. */
const LOSS_STEP_MS = 500;

/** Declares the suite for one platform. */
export function describeConformance(adapter: PlatformAdapter, bench: Bench): void {
  const { manifest } = adapter;
  let stage: Stage;
  let seat: Seat;
  const { capabilities, delivery } = manifest;
  // What is asked of a platform follows from what its manifest promises, and from nothing else.
  const listsPeople = capabilities.readOthers.level !== 'none';
  const tellsOfOthers = listsPeople || capabilities.lastSeen.level !== 'none';
  const setsOwn = capabilities.ownAvailability.level !== 'none' || capabilities.ownMessage.level !== 'none';
  const lacks = new Set(manifest.lacks.map(({ what }) => what));

  async function stageWith(colleagues: number): Promise<void> {
    seat = new Seat(adapter);
    const { clock } = seat;
    const webhookUrl = adapter.webhook === undefined ? null : await seat.listen(() => stage);
    stage = await bench.start({ colleagues, now: () => clock.now(), webhookUrl });
  }

  /** Asks about the colleague, or about oneself where the platform tells nothing of others. */
  async function look(connection: Connection): Promise<void> {
    if (tellsOfOthers) return seat.look(connection, stage.colleague);
    await seat.settled(own(connection).read(seat.signal));
  }

  async function seen(connection: Connection): Promise<object | undefined> {
    if (tellsOfOthers) return seat.latest(stage.colleague);
    const reading = await seat.settled(own(connection).read(seat.signal));
    return { ...reading.status, doNotDisturb: reading.doNotDisturb.active };
  }

  function own(connection: Connection): OwnStatusBundle {
    if (connection.ownStatus === undefined) throw new Error('no own status');
    return connection.ownStatus;
  }

  /** Signed in, roster listed, the colleague looked at once. */
  async function signedIn(): Promise<Connection> {
    const connection = await seat.connect(stage);
    await seat.list(connection);
    return connection;
  }

  /** Until what is known of the colleague is as expected; asks again where there is no push. */
  async function sees(connection: Connection, expected: object): Promise<void> {
    await look(connection);
    if (tellsOfOthers && delivery !== 'poll') {
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
    expect(await seen(connection)).toMatchObject(expected);
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
      await seat.close();
      await stage.close();
    });

    it('says what it can do, with a reason for everything that is not full', () => {
      for (const [name, { level, reason }] of Object.entries(manifest.capabilities)) {
        if (level === 'full') expect(reason, name).toBe(null);
        else expect(reason, name).toMatch(/\w.*\.$/);
      }
      expect(manifest.settings.safeParse({ ...Object(stage.settings), surprise: 1 }).success).toBe(false);
      expect(manifest.signIn.steps.length).toBeGreaterThan(0);
      expect(manifest.secrets.some(({ required }) => required) || adapter.oauth !== undefined).toBe(true);
      expect(manifest.auth.includes('oauth')).toBe(adapter.oauth !== undefined);
      expect(manifest.inbound !== null).toBe(adapter.webhook !== undefined);
    });

    describe('signing in', () => {
      it('tells who one is, proves that it lives, and leaves nothing behind when it is closed', async () => {
        // Whatever can leave a timer or a question under way: everything that the colleague can be, one after the other.
        const connection = await signedIn();
        for (const { play } of bench.natives) {
          await play(stage);
          await seat.list(connection);
          await look(connection);
        }
        expect(connection.self.userId).not.toBe('');
        await look(connection);
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
        await look(connection);
        seat.abort.abort(new MusterError('cancelled', 'closed'));
        await isClean();
      });

      for (const { what, secrets, code } of bench.refusals) {
        it(`refuses ${what} with the platform’s reason`, async () => {
          const given = secrets(stage);
          for (const attempt of [seat.check, seat.connect]) {
            const error: unknown = await attempt.call(seat, stage, given).catch((thrown: unknown) => thrown);
            expect(error).toBeInstanceOf(MusterError);
            expect(error).toMatchObject({ code, retry: 'reauth', message: expect.stringMatching(/\w.*\.$/) });
            await isClean();
            keepsSecrets(error);
          }
        });
      }
    });

    itIf(listsPeople)(`lists ${THOUSANDS} people page by page, everybody once`, { timeout: 60_000 }, async () => {
      await seat.close();
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

    it('has a directory to search exactly where its manifest says so, without oneself and whoever is opted out', async () => {
      const connection = await signedIn();
      const { directory } = connection;
      expect(directory !== undefined).toBe(manifest.directory !== undefined);
      if (directory === undefined || manifest.directory === undefined) return;
      const found = async (text: string): Promise<string[]> =>
        (await seat.settled(directory.search(text, seat.signal))).map(({ userId }) => userId);
      const { people } = await seat.list(connection);
      const name = people.find(({ userId }) => userId === stage.colleague)?.displayName ?? '';
      expect(await found(name.slice(0, 2))).toContain(stage.colleague);
      expect(await found(connection.self.displayName)).not.toContain(connection.self.userId);
      seat.optedOut.add(stage.colleague);
      expect(await found(name)).toEqual([]);
      // Whom it finds can be chosen by the setting that the manifest names.
      const chosen = { ...Object(stage.settings), [manifest.directory.setting]: [stage.colleague] };
      expect(manifest.settings.safeParse(chosen).success).toBe(true);
      const tooMany = Array.from({ length: manifest.directory.most + 1 }, () => stage.colleague);
      expect(manifest.settings.safeParse({ ...chosen, [manifest.directory.setting]: tooMany }).success).toBe(false);
    });

    describe('presence', () => {
      for (const { name, play, expected } of bench.natives) {
        it(`maps “${name}”`, async () => {
          await play(stage);
          const connection = await signedIn();
          await sees(connection, expected);
        });
      }

      itIf(tellsOfOthers && delivery !== 'poll')('arrives by push, without being asked for', async () => {
        const connection = await signedIn();
        await stage.arrive();
        const arrived = () => {
          const latest = seat.latest(stage.colleague);
          return latest?.source === 'push' || latest?.source === 'webhook' ? latest : null;
        };
        await seat.until('the push', () => arrived()?.status === (bench.here.status ?? 'unknown'), PUSH_STEP_MS);
        expect(arrived()).toMatchObject(bench.here);
        // What was pushed stays fresh only while a stream is known to be up.
        expect(connection.presence?.push || seat.channels.at(-1) === 'up').toBe(true);
      });

      itIf(tellsOfOthers && delivery !== 'push')('arrives by poll, one place in the budget a call', async () => {
        const connection = await signedIn();
        expect(connection.presence?.poll.some(({ facet }) => facet === 'presence')).toBe(true);
        for (const { batchSize, limits } of connection.presence?.poll ?? []) {
          expect(batchSize).toBeGreaterThan(0);
          expect(perMinuteOf(limits)).toBeGreaterThan(0);
        }
        await stage.arrive();
        await sees(connection, bench.here);
        // Twice what a minute allows, wished for at once.
        for (const { limits, poll } of connection.presence?.poll ?? []) {
          const wished = Math.min(300, Math.ceil(2 * perMinuteOf(limits)));
          const looks = Array.from({ length: wished }, () => poll([stage.colleague], seat.signal));
          await seat.settled(Promise.all(looks), 10_000);
        }
        expect(stage.limitsPassed()).toEqual([]);
      });

      itIf(listsPeople)('counts the first snapshot as replayed, and a change after it as news', async () => {
        await stage.arrive();
        const connection = await signedIn();
        await sees(connection, { ...bench.here, replayed: true });
        await stage.leave();
        await sees(connection, bench.gone);
        await seat.clock.advance(MINUTE_MS);
        await stage.arrive();
        await sees(connection, { ...bench.here, replayed: false });
      });

      itIf(tellsOfOthers)('says nothing about people who are opted out', async () => {
        seat.optedOut.add(stage.colleague);
        const connection = await signedIn();
        await stage.arrive();
        await look(connection);
        await new Promise((resolve) => setTimeout(resolve, 100));
        await seat.clock.advance(MINUTE_MS);
        expect(seat.latest(stage.colleague)).toBeUndefined();
        expect(stage.asked(stage.colleague)).toBe(0);
        expect(seat.removed).toEqual([]);
      });
    });

    it('offers to set what its manifest promises', async () => {
      const connection = await signedIn();
      expect(connection.ownStatus !== undefined).toBe(setsOwn || !tellsOfOthers);
    });

    describeOwnStatus(adapter, bench, { stage: () => stage, seat: () => seat, signedIn });

    describe('what goes wrong under way', () => {
      for (const trouble of TROUBLES) {
        const plan = bench.troubles[trouble];
        if (plan === null) continue;
        it(`survives: ${trouble}`, async () => {
          await stage.arrive();
          let connection = await signedIn();
          await sees(connection, bench.here);
          const known = seat.observations.length;
          const undo = await plan.cause(stage);
          if (plan.effect === 'none') {
            await sees(connection, plan.expected ?? {});
            expect(seat.lost).toEqual([]);
            undo();
            await sees(connection, bench.here);
            return;
          }
          const error = await broken(connection);
          expect(plan.codes).toContain(error.code);
          expect(error.retryAfterMs).toBe(plan.retryAfterMs ?? null);
          expect(error.retry).toBe(plan.effect === 'ending' ? 'reauth' : 'later');
          keepsSecrets(error);
          // Who tries again, and whether at all, the core says: an adapter's words stand in a sign-in form too.
          expect(error.message).not.toMatch(/by itself|Muster (tries|goes on)/);
          // What was known is not taken back: it ages.
          for (const observation of seat.observations.slice(known)) expect(observation).toMatchObject(bench.here);
          undo();
          if (plan.effect === 'ending') {
            expect(seat.lost.length).toBe(1);
            await expect(seat.connect(stage)).rejects.toMatchObject({ retry: 'reauth' });
            return;
          }
          if (plan.effect === 'loss') connection = await seat.recover(stage, connection);
          await stage.leave();
          await stage.arrive();
          await sees(connection, bench.here);
          await connection.close();
          await isClean();
        });
      }

      it('comes back after the server was restarted', async () => {
        await stage.arrive();
        let connection = await signedIn();
        await sees(connection, bench.here);
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
        await sees(connection, bench.here);
        await connection.close();
        await isClean();
      });

      it('notices after sleep that the connection is dead, and comes back', async () => {
        await stage.arrive();
        let connection = await signedIn();
        await sees(connection, bench.here);
        const undo = await stage.blackhole();
        seat.clock.jump(8 * 60 * MINUTE_MS);
        const error: unknown = await seat.settled(connection.verify(seat.signal)).catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ retry: 'later' });
        undo();
        connection = await seat.recover(stage, connection);
        await stage.leave();
        await stage.arrive();
        await sees(connection, bench.here);
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

    it('is asked for everything but what its manifest says that the platform has not got', () => {
      for (const { reason } of manifest.lacks) expect(reason).toMatch(/^\S+ .{10,}$/);
      const unasked = TROUBLES.filter((trouble) => bench.troubles[trouble] === null);
      expect([...lacks].filter((what) => what !== OVERRIDE).toSorted()).toEqual(unasked.toSorted());
      expect(bench.own !== null).toBe(setsOwn);
    });
  });

  /** The error that the next look, or the connection by itself, comes to. */
  async function broken(connection: Connection): Promise<MusterError> {
    if (connection.presence?.push) {
      await seat.until('the loss', () => seat.lost.length > 0, LOSS_STEP_MS);
      const [lost] = seat.lost;
      if (lost !== undefined) return lost;
    }
    const error: unknown = await look(connection).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof MusterError)) throw new Error('nothing broke, or not as a MusterError');
    return error;
  }
}
