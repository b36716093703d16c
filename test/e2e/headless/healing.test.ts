import { describe, expect, it } from 'vitest';
import { routes } from '../../../src/contract/index.ts';
import type { PlatformId } from '../../../src/platforms/manifest.ts';
import { registry } from '../../../src/platforms/registry.ts';
import type { Trouble } from '../../conformance/bench.ts';
import { closeAfterEach } from './support/cleaning.ts';
import { STAGES, type Staged, staged } from './support/platform-stages.ts';
import { contactOf } from './support/queries.ts';
import { BREATHING, CREEPING } from './support/virtual-core.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const closing = closeAfterEach();

/** Where the platform's terms allow a look a minute only (Teams), or a few calls a day (LinkedIn), signs of life come that seldom. */
const LOOKS_EVERY: Partial<Record<PlatformId, number>> = { teams: 75 * SECOND, linkedin: 11 * MINUTE };

/** For long quiet waits on platforms by HTTP. */
const LEAPING = { stepMs: 5_000, breathMs: 1 };

for (const { id, bench } of STAGES) {
  const { manifest } = registry[id];
  const lacks = new Set(manifest.lacks.map(({ what }) => what));
  const tells = manifest.capabilities.readOthers.level !== 'none';
  const byStream = manifest.delivery === 'push';

  async function signedIn(): Promise<Staged> {
    const here = await staged(id, bench);
    closing(() => here.close());
    return here;
  }

  const newsWithin = LOOKS_EVERY[id] ?? 30 * SECOND;

  /** What the colleague does is seen: the account does not only say that it is well. */
  async function seesNews({ virtual, stage }: Staged): Promise<void> {
    if (!tells) return;
    await stage.leave();
    await virtual.pass(SECOND, BREATHING);
    await stage.arrive();
    await virtual.passUntil(
      async () => expect((await contactOf(virtual.api, stage.colleague)).identities[0]).toMatchObject(bench.here),
      newsWithin,
      BREATHING,
    );
  }

  const told = ({ virtual }: Staged) =>
    virtual.core.notifications.filter(({ accountId }) => accountId !== undefined).map(({ title }) => title);

  describe(`${manifest.name} heals`, { timeout: 120_000 }, () => {
    it('after the server was started again', async () => {
      const here = await signedIn();
      const from = here.virtual.clock.now();
      await here.stage.restart();
      await here.virtual.pass(30 * SECOND, BREATHING);
      await here.recovers(from, 30 * SECOND);
      await seesNews(here);
      expect(told(here)).toEqual([]);
    });

    it('after ten minutes without a network, within 30 s', async () => {
      const here = await signedIn();
      const heal = await here.stage.blackhole();
      await here.dark(2 * MINUTE);
      expect((await here.state()).state).toMatch(/offline|connecting|degraded/);
      await here.dark(8 * MINUTE);
      heal();
      await here.recovers(here.virtual.clock.now(), 30 * SECOND);
      await seesNews(here);
      expect(told(here)).toEqual([]);
    });

    it('after eight hours of sleep in which the server was started again, within 10 s', async () => {
      const here = await signedIn();
      here.power('suspend');
      await here.virtual.pass(SECOND, BREATHING);
      await here.stage.restart();
      here.virtual.clock.jump(8 * HOUR);
      here.power('resume');
      await here.recovers(here.virtual.clock.now(), 10 * SECOND);
      await seesNews(here);
      expect(told(here)).toEqual([]);
    });

    it('after eight hours of sleep that nobody announced', async () => {
      const here = await signedIn();
      await here.stage.restart();
      here.virtual.clock.jump(8 * HOUR);
      await here.recovers(here.virtual.clock.now(), 20 * SECOND);
      await seesNews(here);
    });

    it.each([DAY, -DAY])('when its clock jumps by %d ms', async (ms) => {
      const here = await signedIn();
      here.skew(ms);
      await here.recovers(here.virtual.clock.now(), 30 * SECOND);
      await here.virtual.pass(30 * SECOND, BREATHING);
      expect((await here.state()).state).toBe('connected');
      await seesNews(here);
      expect(told(here)).toEqual([]);
    });

    const limit = bench.troubles['rate limit with Retry-After'];
    if (limit?.effect === 'call' && !byStream)
      it('after an hour of “too many requests”, within 30 s', async () => {
        const here = await signedIn();
        await here.virtual.pass(10 * SECOND, BREATHING);
        const heal = await limit?.cause(here.stage);
        await here.virtual.pass(HOUR, LEAPING);
        heal?.();
        await here.recovers(here.virtual.clock.now(), newsWithin);
        await seesNews(here);
        expect(told(here)).toEqual([]);
      });

    for (const trouble of ['expired credentials', 'revoked credentials'] as const satisfies readonly Trouble[]) {
      const plan = bench.troubles[trouble];
      if (plan?.effect === 'ending' && !lacks.has(trouble))
        it(`not by itself after ${trouble}, which the user is told exactly once`, async () => {
          const here = await signedIn();
          await here.virtual.pass(10 * SECOND, BREATHING);
          await plan?.cause(here.stage);
          await here.virtual.passUntil(
            async () => expect((await here.state()).state).toBe('needs-sign-in'),
            2 * MINUTE,
            BREATHING,
          );
          await here.virtual.pass(10 * MINUTE, LEAPING);
          await here.virtual.api.call(routes.reconnectAccount, { params: { id: here.account.id } });
          await here.virtual.passUntil(
            async () => expect((await here.state()).state).toBe('needs-sign-in'),
            30 * SECOND,
            CREEPING,
          );
          expect(await here.state()).toMatchObject({
            state: 'needs-sign-in',
            stateReason: expect.stringMatching(/\w+ \w+/),
          });
          expect(told(here)).toEqual([`${here.account.label}: needs-you`]);
          const { recommendations } = await here.virtual.api.call(routes.getAccountHealth, {
            params: { id: here.account.id },
          });
          expect(recommendations[0]).toMatch(/^Sign in to .* again/);
        });
    }
  });
}
