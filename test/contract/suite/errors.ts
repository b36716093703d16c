import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../src/contract/index.ts';
import { call, problemOf, refusal } from '../caller.ts';
import type { ContractHost, StartHost } from '../host.ts';

/** Every way to be refused that does not need an account, the same on every host. */
export function errorsSuite(start: StartHost): void {
  describe('refuses a client’s mistake with a problem document', () => {
    let host: ContractHost;
    beforeAll(async () => {
      host = await start();
    }, 60_000);
    afterAll(() => host.close());

    const json = { 'content-type': 'application/json' };
    const put = (body: string, headers: Record<string, string> = json) =>
      host.fetch('/v1/me/status', { method: 'PUT', headers, body });

    it('400 for a body that is not JSON', async () => {
      for (const body of ['', '{', '{"status":"busy"', 'status=busy']) {
        expect(problemOf(await put(body)).code).toBe('not-json');
      }
    });

    it('404 for what does not exist', async () => {
      for (const path of ['/v1/nothing', '/v1/contacts/c_none', '/v1/accounts/a_none', '/v1/avatars/nothex']) {
        expect(problemOf(await host.fetch(path)).code).toBe('not-found');
      }
      expect((await refusal(host, routes.deleteWatch, { params: { id: 'w_none' } })).code).toBe('not-found');
    });

    it('405 with the methods that exist', async () => {
      const answered = await host.fetch('/v1/contacts', { method: 'DELETE' });
      expect(problemOf(answered).code).toBe('method-not-allowed');
      expect(answered.headers.allow).toBe('GET');
    });

    it('413 for a body over one megabyte, and nothing is kept of it', async () => {
      const answered = await put(JSON.stringify({ status: 'busy', message: 'x'.repeat(1_000_100) }));
      expect(problemOf(answered).code).toBe('too-large');
      expect((await call(host, routes.getOwnStatus)).intent).toBeNull();
    });

    it('415 for a body that is not announced as JSON', async () => {
      expect(problemOf(await put('{"status":"busy"}', { 'content-type': 'text/plain' })).code).toBe(
        'unsupported-media-type',
      );
    });

    it('422 with the path of an unknown field in the body', async () => {
      const problem = await refusal(host, routes.putOwnStatus, { body: { status: 'busy', colour: 'red' } });
      expect(problem.errors).toEqual([{ path: 'colour', message: expect.any(String) }]);
    });

    it('422 with the path of a nested field', async () => {
      const body = {
        name: 'Night',
        timeZone: 'Europe/Berlin',
        doNotDisturb: true,
        rules: [{ days: ['mon'], from: '25:00', to: '08:00' }],
      };
      const problem = await refusal(host, routes.createSchedule, { body });
      expect(problem.errors?.map((issue) => issue.path)).toEqual(['rules.0.from']);
      expect((await call(host, routes.listSchedules)).total).toBe(0);
    });

    it('422 with the path of an unknown or bad field in the query', async () => {
      const unknown = await refusal(host, routes.listContacts, { query: { colour: 'red' } });
      expect(unknown.errors?.map((issue) => issue.path)).toEqual(['colour']);
      for (const limit of ['0', '501', 'many', '1.5', '1e2', '0x10', ' 5', '+5', '-5', '٥', '']) {
        const problem = await refusal(host, routes.listContacts, { query: { limit } });
        expect(problem.errors?.map((issue) => issue.path)).toEqual(['limit']);
      }
      const twice = problemOf(await host.fetch('/v1/contacts?limit=1&limit=2'));
      expect(twice.errors?.map((issue) => issue.path)).toEqual(['limit']);
      const inherited = problemOf(await host.fetch('/v1/contacts?__proto__=1'));
      expect(inherited.errors?.map((issue) => issue.path)).toEqual(['__proto__']);
    });

    it('422 for a status that does not exist, and for two ends at once', async () => {
      expect((await refusal(host, routes.putOwnStatus, { body: { status: 'sleepy' } })).code).toBe('invalid');
      const both = { status: 'busy', forSeconds: 60, until: '2099-01-01T00:00:00Z' };
      const problem = await refusal(host, routes.putOwnStatus, { body: both });
      expect(problem.errors?.map((issue) => issue.path)).toEqual(['until']);
    });

    it('422 for a status that has ended before it begins or is for accounts that do not exist, and nothing is changed', async () => {
      const past = '2020-01-01T00:00:00Z';
      const ended = await refusal(host, routes.putOwnStatus, { body: { status: 'busy', until: past } });
      expect(ended.errors?.map((issue) => issue.path)).toEqual(['until']);
      const quiet = await refusal(host, routes.putDoNotDisturb, { body: { until: past } });
      expect(quiet.errors?.map((issue) => issue.path)).toEqual(['until']);
      const nobody = await refusal(host, routes.putOwnStatus, { body: { status: 'busy', accounts: ['a_none'] } });
      expect(nobody.errors?.map((issue) => issue.path)).toEqual(['accounts.0']);
      expect((await call(host, routes.getOwnStatus)).intent).toBeNull();
    });

    it('422 for an emoji that is none, and for text that is not Unicode', async () => {
      for (const emoji of ['hello world', 'x', '1', '\u0007', '🎧🎧', '🎧 x', ':a b:', '::', '']) {
        const problem = await refusal(host, routes.putOwnStatus, { body: { status: 'busy', emoji } });
        expect(
          problem.errors?.map((issue) => issue.path),
          emoji,
        ).toEqual(['emoji']);
      }
      const half = await refusal(host, routes.putOwnStatus, { body: { status: 'busy', message: 'a\ud800b' } });
      expect(half.errors?.map((issue) => issue.path)).toEqual(['message']);
      for (const emoji of ['🎧', '☕', '✍️', '🧑‍💻', '👋🏽', '🇩🇪', '1️⃣', '❤', ':party_parrot:', ':wave::skin-tone-2:']) {
        const body = { name: 'Emoji', status: 'busy' as const, emoji };
        expect((await call(host, routes.createPreset, { body })).emoji).toBe(emoji);
      }
    });

    it('422 for a zone that is only an offset, and for a date that is named twice', async () => {
      const body = { name: 'Night', timeZone: '+02:00', doNotDisturb: true, rules: [] };
      const offset = await refusal(host, routes.createSchedule, { body });
      expect(offset.errors?.map((issue) => issue.path)).toEqual(['timeZone']);
      const day = { date: '2026-12-24', active: true };
      const twice = await refusal(host, routes.createSchedule, {
        body: { ...body, timeZone: 'device', exceptions: [day, { ...day, active: false }] },
      });
      expect(twice.errors?.map((issue) => issue.path)).toEqual(['exceptions']);
    });

    it('422 for a cursor that is none', async () => {
      expect((await refusal(host, routes.listContacts, { query: { cursor: 'made-up' } })).code).toBe('invalid');
    });

    it('422 for an account of a platform that does not exist, or with the wrong settings', async () => {
      const none = await refusal(host, routes.createAccount, { body: { platform: 'icq', settings: {}, secrets: {} } });
      expect(none.code).toBe('invalid');
      const wrong = await refusal(host, routes.createAccount, {
        body: { platform: 'xmpp', settings: { server: 'x' }, secrets: { password: 'y' } },
      });
      expect(wrong.errors?.map((issue) => issue.path)).toContain('settings.server');
    });

    it('never answers hostile input with a 5xx', async () => {
      const paths = [
        '/v1/contacts/%00',
        '/v1/contacts/%zz',
        '/v1/contacts/..%2f..',
        '/v1/avatars/%2e%2e',

        '/v1/contacts?cursor=%00',
      ];
      for (const path of paths) expect((await host.fetch(path)).status, path).toBeLessThan(500);
      for (const body of [
        'null',
        '[]',
        '1',
        '"x"',
        `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
        '{"__proto__":{"status":"busy"}}',
      ]) {
        const { status } = await put(body);
        expect(status, body.slice(0, 40)).toBe(422);
      }
    });
  });
}
