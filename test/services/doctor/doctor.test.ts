import { afterEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { memoryStore } from '../../../src/infra/keychain/memory-store.ts';
import type { SecretStoreKind } from '../../../src/ports/secret-store.ts';
import { accountsCheck, diskCheck, examine, secretStoreCheck } from '../../../src/services/doctor/doctor.ts';
import { Secrets } from '../../../src/services/secrets/secrets.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

function secretsIn(kind: SecretStoreKind) {
  let current = kind;
  const moves: SecretStoreKind[] = [];
  const secrets = new Secrets({
    current: () => ({ ...memoryStore(), kind: current }),
    survey: async () => [
      { kind: 'os', available: kind === 'os', reason: kind === 'os' ? null : 'The keychain is locked.' },
      { kind: 'vault', available: kind !== 'memory', reason: null },
      { kind: 'memory', available: true, reason: null },
    ],
    moveTo: async (to) => {
      moves.push(to);
      current = to;
    },
    eraseRest: () => undefined,
  });
  return { secrets, moves };
}

describe('the doctor', () => {
  it.each([
    ['os', 'ok', null],
    ['vault', 'warning', null],
    ['memory', 'problem', expect.stringContaining('MUSTER_VAULT_KEY')],
  ] as const)('says that secrets in %s are %s, and why not elsewhere', async (kind, level, action) => {
    const [finding] = await secretStoreCheck(secretsIn(kind).secrets)();
    expect(finding).toMatchObject({ id: 'secret-store', level, action });
    if (kind !== 'os') expect(finding?.detail).toContain('The keychain is locked.');
  });

  it('says that what changes is only in memory while the disk is full, and else nothing', async () => {
    expect(await diskCheck(() => false)()).toEqual([]);
    const action = expect.stringContaining('Make room');
    expect(await diskCheck(() => true)()).toEqual([expect.objectContaining({ id: 'disk', level: 'problem', action })]);
  });

  it('lists the worst first', async () => {
    const finding = (level: 'ok' | 'warning' | 'problem') => ({
      id: level,
      level,
      title: '',
      detail: '',
      action: null,
    });
    const view = await examine('1', [
      async () => [finding('ok'), finding('problem')],
      async () => [finding('warning')],
    ]);
    expect(view.findings.map((one) => one.level)).toEqual(['problem', 'warning', 'ok']);
  });

  it('says of each account what is wrong and what to do', async () => {
    const { muster, platform, clock, account } = await signedIn();
    const of = async () => (await muster.doctor()).findings.find((finding) => finding.id.startsWith('account'));
    expect(await of()).toMatchObject({
      level: 'ok',
      detail: expect.stringMatching(/^All is well\. 100 % of \d+ calls/),
      action: null,
    });
    platform.notices = () => ['Who is a guest shows no status.'];
    expect(await of()).toMatchObject({
      level: 'warning',
      detail: expect.stringMatching(/^Who is a guest shows no status\. 100 % of \d+ calls/),
    });
    platform.notices = () => [];
    await muster.accounts.patch(account.id, { enabled: false });
    expect(await of()).toMatchObject({ level: 'ok', detail: expect.stringMatching(/^It is switched off/) });
    await muster.accounts.patch(account.id, { enabled: true });
    await clock.advance(5_000);
    expect(await of()).toMatchObject({ detail: expect.stringMatching(/^All is well/) });
    platform
      .live()
      .report.lost(new MusterError('platform-unreachable', 'The server is away.', { retryAfterMs: 60_000 }));
    expect(await of()).toMatchObject({
      level: 'warning',
      detail: expect.stringContaining('The server is away.'),
      action: expect.stringContaining('by itself'),
    });
    await clock.advance(61_000);
    platform.live().report.lost(new MusterError('token-revoked', 'Revoked.'));
    expect(await of()).toMatchObject({
      level: 'problem',
      title: expect.stringContaining('needs sign in'),
      action: expect.stringContaining('Sign in'),
    });
    await muster.accounts.delete(account.id);
    expect(await of()).toMatchObject({ id: 'accounts', level: 'warning' });
  });
});

describe('the age of what is known', () => {
  it.each([
    [20, '20 s'],
    [50 * 60, '50 min'],
    [26 * 3_600, '26 h'],
    [4 * 86_400, '4 d'],
  ])('of %i seconds is said as %s', async (seconds, words) => {
    const account = { id: 'a', platform: 'quill', label: 'Work', stateReason: null, notices: [] };
    const accounts = { list: () => [{ ...account, state: 'connected' as const }] };
    const health = { calls: null, dataAgeSeconds: { p50: seconds, p90: seconds, max: seconds }, recommendations: [] };
    const check = accountsCheck(accounts, { of: () => health });
    expect((await check())[0]?.detail).toContain(`is ${words} old in the middle, ${words} at most`);
  });
});

describe('the secrets', () => {
  it('say where they are, and move only when that is elsewhere', async () => {
    const { secrets, moves } = secretsIn('vault');
    expect(await secrets.view()).toMatchObject({
      kind: 'vault',
      stores: [{ kind: 'os' }, { kind: 'vault' }, { kind: 'memory' }],
    });
    await secrets.move('vault');
    expect(moves).toEqual([]);
    expect(await secrets.move('memory')).toMatchObject({ kind: 'memory' });
    expect(moves).toEqual(['memory']);
  });
});
