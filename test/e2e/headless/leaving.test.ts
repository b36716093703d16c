import { describe, expect, it } from 'vitest';
import { routes } from '../../../src/contract/index.ts';
import { closeAfterEach } from './support/cleaning.ts';
import { STAGES, staged } from './support/platform-stages.ts';
import { accountsOf } from './support/queries.ts';
import { BREATHING } from './support/virtual-core.ts';

const SECOND = 1_000;
const closing = closeAfterEach();

/** Platforms on which something of one's own can be set. */
const WRITABLE = STAGES.filter(({ bench }) => bench.own !== null);

describe.each(WRITABLE)('leaving $id', ({ id, bench }) => {
  it.each(['removed', 'switched off'] as const)(
    'gives one’s own status back when the account is %s at once after it was set',
    { timeout: 60_000 },
    async (how) => {
      const { virtual, stage, account, close } = await staged(id, bench);
      closing(close);
      const { api } = virtual;
      const before = stage.held();
      const { results } = await api.call(routes.putOwnStatus, { body: { status: 'away', message: 'Leaving test' } });
      expect(results).toMatchObject([{ outcome: expect.stringMatching(/^(applied|partial)$/) }]);
      expect(stage.held()).not.toEqual(before);
      const params = { id: account.id };
      if (how === 'removed') await api.call(routes.deleteAccount, { params });
      else await api.call(routes.patchAccount, { params, body: { enabled: false } });
      const left = (await accountsOf(api)).map(({ state }) => state);
      expect(left).toEqual(how === 'removed' ? [] : ['disabled']);
      expect(await virtual.core.secretStore.names()).toHaveLength(
        how === 'removed' ? 0 : Object.keys(stage.secrets).length,
      );
      await virtual.pass(70 * SECOND, BREATHING);
      expect(stage.held()).toEqual(before);
      expect(stage.sockets()).toBe(0);
      expect(stage.limitsPassed()).toEqual([]);
    },
  );
});
