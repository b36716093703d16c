import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENT_SCHEMAS, routes } from '../../../src/contract/index.ts';
import { PLATFORM_IDS } from '../../../src/platforms/manifest.ts';
import { call, eventually, refusal } from '../caller.ts';
import type { ContractHost, HeardFrame, StartHost } from '../host.ts';

const NIGHTS = {
  name: 'Nights',
  timeZone: 'Europe/Berlin',
  rules: [{ days: ['mon', 'tue'], from: '22:00', to: '07:00' }],
  doNotDisturb: true,
};
const FOCUS = { name: 'Focus', status: 'busy', message: 'Focus', emoji: '🎧' };

/** What needs no account: preferences, schedules, presets, the description, and the events that tell of them. */
export function ownThingsSuite(start: StartHost): void {
  describe('without an account', () => {
    let host: ContractHost;
    beforeAll(async () => {
      host = await start();
    }, 60_000);
    afterAll(() => host.close());

    it('describes every route of the contract, and nothing else under /v1 but the stream', async () => {
      const answered = await host.fetch('/openapi.json');
      const { openapi, paths, components } = JSON.parse(answered.text);
      expect(openapi).toBe('3.1.0');
      const described = Object.entries<object>(paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method} ${path}`),
      );
      const declared = ['get /openapi.json', ...Object.values(routes).map(({ method, path }) => `${method} ${path}`)];
      // Sessions and the WebSocket are the HTTP host's alone; webhooks answer in their platforms' words, not in the contract's.
      const hostOnly = (route: string) => /\/v1\/(session|stream)$| \/hooks\//.test(route);
      expect(described.filter((route) => !hostOnly(route)).toSorted()).toEqual(
        declared.filter((route) => !hostOnly(route)).toSorted(),
      );
      for (const [, path] of answered.text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g))
        expect(components.schemas).toHaveProperty([path ?? '']);
    });

    it('says what each platform can do, with a reason wherever it is not everything', async () => {
      const { items } = await call(host, routes.listPlatforms);
      expect(items.map(({ id }) => id)).toEqual([...PLATFORM_IDS]);
      for (const { capabilities } of items) {
        for (const { level, reason } of Object.values(capabilities)) {
          if (level === 'full') expect(reason).toBeNull();
          else expect(reason).toMatch(/\.$/);
        }
      }
    });

    it('changes preferences one by one and announces them', async () => {
      const stream = await host.events();
      expect(await call(host, routes.patchSettings, { body: { theme: 'dark' } })).toMatchObject({ theme: 'dark' });
      expect(await call(host, routes.getSettings)).toMatchObject({ theme: 'dark', language: 'system' });
      const heard = await eventually('the event', () => stream.frames.find(({ event }) => event === 'settings'));
      expect(EVENT_SCHEMAS.settings.parse(heard.data)).toMatchObject({ kind: 'preferences', theme: 'dark' });
      await stream.close();
    });

    it('keeps schedules: made, listed, read, replaced, removed', async () => {
      const made = await call(host, routes.createSchedule, { body: NIGHTS });
      expect(made).toMatchObject({ ...NIGHTS, enabled: true, exceptions: [], nextTransition: expect.any(String) });
      const params = { id: made.id };
      expect((await call(host, routes.listSchedules)).items.map(({ id }) => id)).toEqual([made.id]);
      const replaced = await call(host, routes.putSchedule, { params, body: { ...NIGHTS, enabled: false } });
      expect(replaced).toMatchObject({ enabled: false, activeNow: false });
      expect(await call(host, routes.getSchedule, { params })).toEqual(replaced);
      await call(host, routes.deleteSchedule, { params });
      expect((await refusal(host, routes.getSchedule, { params })).code).toBe('not-found');
    });

    it('keeps presets: made, listed, read, replaced, removed', async () => {
      const before = (await call(host, routes.listPresets)).total;
      const made = await call(host, routes.createPreset, { body: FOCUS });
      const params = { id: made.id };
      expect((await call(host, routes.listPresets)).total).toBe(before + 1);
      const replaced = await call(host, routes.putPreset, { params, body: { ...FOCUS, forSeconds: 3_600 } });
      expect(await call(host, routes.getPreset, { params })).toEqual(replaced);
      await call(host, routes.deletePreset, { params });
      expect((await refusal(host, routes.getPreset, { params })).code).toBe('not-found');
    });

    it('keeps a status that no account can show yet, and drops it', async () => {
      const { intent, results } = await call(host, routes.putOwnStatus, { body: { status: 'away', message: 'Lunch' } });
      expect(intent).toMatchObject({ layer: 'manual', status: 'away', message: 'Lunch', until: null });
      expect(results).toEqual([]);
      const me = await call(host, routes.getOwnStatus);
      expect(me.layers.find(({ won }) => won)).toMatchObject({ layer: 'manual', status: 'away' });
      expect((await call(host, routes.deleteOwnStatus)).intent).toBeNull();
    });

    it('takes what is on screen, and answers with nothing', async () => {
      expect(await call(host, routes.putAttention, { body: { contactIds: [] } })).toBeNull();
    });

    it('has lists that are empty, not absent', async () => {
      for (const route of [
        routes.listContacts,
        routes.listAccounts,
        routes.listWatches,
        routes.listAlerts,
        routes.listSuggestions,
      ]) {
        expect(await call(host, route)).toMatchObject({ items: [], nextCursor: null, total: 0 });
      }
    });

    it('pages a list that changes without skipping or repeating anything', async () => {
      const ids: string[] = [];
      for (let index = 0; index < 5; index += 1)
        ids.push((await call(host, routes.createSchedule, { body: { ...NIGHTS, name: `Nights ${index}` } })).id);
      const first = await call(host, routes.listSchedules, { query: { limit: 2 } });
      expect(first).toMatchObject({ total: 5, nextCursor: expect.any(String) });
      await call(host, routes.createSchedule, { body: { ...NIGHTS, name: 'A new one' } });
      const seen = first.items.map(({ id }) => id);
      for (let cursor = first.nextCursor; cursor !== null; ) {
        const page = await call(host, routes.listSchedules, { query: { limit: 2, cursor } });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(seen.toSorted()).toEqual(ids.toSorted());
    });

    it('moves secrets only to a store that is there', async () => {
      const { kind, stores } = await call(host, routes.getSecretStore);
      expect(stores.map((store) => store.kind)).toContain(kind);
      const problem = await refusal(host, routes.moveSecrets, { body: { kind: 'vault' } });
      expect(['secret-store-unavailable', 'conflict']).toContain(problem.code);
      expect((await call(host, routes.getSecretStore)).kind).toBe(kind);
    });

    it('resumes after an event id without gaps, and resets for one that it does not know', async () => {
      const theme = (value: string) => call(host, routes.patchSettings, { body: { theme: value } });
      const first = await host.events();
      await theme('light');
      await theme('dark');
      const [one] = await eventually('two events', () => (first.frames.length >= 2 ? first.frames : null));
      await first.close();
      await theme('system');
      const resumed = await host.events(one?.id);
      const missed = await eventually('what was missed', () =>
        resumed.frames.length >= 2 ? [...resumed.frames] : null,
      );
      expect(themes(missed)).toEqual(['dark', 'system']);
      expect(missed[0]?.id).toBeGreaterThan(one?.id ?? 0);
      await resumed.close();
      for (const unknown of [0, 999_999_999]) {
        const reset = await host.events(unknown);
        const frame = await eventually('the reset', () => reset.frames[0]);
        expect(frame.event).toBe('reset');
        expect(frame.id).toBe((await call(host, routes.listContacts)).sequence);
        await reset.close();
      }
    });
  });
}

const themes = (frames: readonly HeardFrame[]) =>
  frames.map(({ data }) => {
    const parsed = EVENT_SCHEMAS.settings.parse(data);
    return 'theme' in parsed ? parsed.theme : null;
  });
