import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { memoryStore } from '../../../src/infra/keychain/memory-store.ts';
import { moveSecrets } from '../../../src/infra/keychain/move-secrets.ts';
import { type Keytar, osStore, probe } from '../../../src/infra/keychain/os-store.ts';
import { forcedKind, openSecretStores, vaultKeyInForce } from '../../../src/infra/keychain/secret-stores.ts';
import { type VaultKey, vaultKeyFrom } from '../../../src/infra/keychain/vault-key.ts';
import { openVault } from '../../../src/infra/keychain/vault-store.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const key = () => {
  const made = vaultKeyFrom({ MUSTER_VAULT_KEY: KEY });
  if (!made) throw new Error('no key');
  return made;
};

/** A change of the sealed file's JSON. */
function changed(change: (sealed: Record<string, unknown>) => object) {
  return (text: string) => JSON.stringify(change(JSON.parse(text)));
}

const flipped = (base64: string) => `${base64.startsWith('A') ? 'B' : 'A'}${base64.slice(1)}`;

/** A keychain in memory, which can be locked: then every call hangs. */
function fakeKeytar() {
  const entries = new Map<string, Map<string, string>>();
  const of = (service: string) => {
    const found = entries.get(service) ?? new Map<string, string>();
    entries.set(service, found);
    return found;
  };
  const state = { locked: false, calls: 0, unlock: () => undefined as undefined };
  const answer = async <T>(value: () => T): Promise<T> => {
    state.calls += 1;
    if (state.locked) {
      await new Promise<void>((resolve) => {
        state.unlock = () => {
          state.locked = false;
          resolve();
        };
      });
    }
    return value();
  };
  const keytar: Keytar = {
    getPassword: (service, account) => answer(() => of(service).get(account) ?? null),
    setPassword: (service, account, password) => answer(() => void of(service).set(account, password)),
    deletePassword: (service, account) => answer(() => of(service).delete(account)),
    abandon: () => undefined,
    findCredentials: (service) => answer(() => [...of(service).keys()].map((account) => ({ account }))),
  };
  return { keytar, state, entries };
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing thrown',
    (thrown) => (thrown instanceof MusterError ? thrown.code : String(thrown)),
  );

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'muster-keys-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe.each([
  ['memory', () => memoryStore()],
  ['vault by key', () => openVault(join(home, 'vault.json'), key())],
  [
    'vault by passphrase',
    () => openVault(join(home, 'vault.json'), { kind: 'passphrase', passphrase: 'correct horse' }),
  ],
  ['os', () => osStore(fakeKeytar().keytar, home, new FakeClock())],
])('the %s store', (_name, make) => {
  it('keeps, replaces, lists and deletes by name', async () => {
    const store = make();
    await store.set('a/token', 'one');
    await store.set('b/token', 'zwei ✓');
    await store.set('a/token', 'two');
    expect(await store.get('a/token')).toBe('two');
    expect(await store.get('b/token')).toBe('zwei ✓');
    expect(await store.get('__proto__')).toBeNull();
    expect((await store.names()).sort()).toEqual(['a/token', 'b/token']);
    expect(await store.delete('a/token')).toBe(true);
    expect(await store.delete('a/token')).toBe(false);
    expect(await store.get('a/token')).toBeNull();
    await probe(store);
    expect(await store.names()).toEqual(['b/token']);
  });
});

describe('the vault', () => {
  const file = () => join(home, 'vault.json');

  it.each([
    ['a key', key()],
    ['a passphrase', { kind: 'passphrase' as const, passphrase: 'correct horse' }],
  ])('opens again with %s, shows nothing on the disk, and is its owner’s only', async (_name, vaultKey) => {
    await openVault(file(), vaultKey).set('account/password', 'hunter2hunter2');
    expect(await openVault(file(), vaultKey).get('account/password')).toBe('hunter2hunter2');
    const text = readFileSync(file(), 'utf8');
    expect(text).not.toContain('hunter2');
    expect(text).not.toContain('account');
    expect(text).not.toContain(Buffer.from('hunter2hunter2').toString('base64').slice(0, 12));
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('says what is wrong when it cannot be written, and stays as it was', async () => {
    const vault = openVault(file(), key());
    await vault.set('x', 'old');
    rmSync(home, { recursive: true });
    await expect(vault.set('x', 'new')).rejects.toMatchObject({
      code: 'secret-store-unavailable',
      message: expect.stringContaining('free space'),
    });
    expect(await vault.get('x')).toBe('old');
  });

  it('never uses a nonce twice', async () => {
    const vault = openVault(file(), key());
    const nonces = new Set<string>();
    for (let index = 0; index < 20; index += 1) {
      await vault.set('x', 'same');
      nonces.add(JSON.parse(readFileSync(file(), 'utf8')).iv);
    }
    expect(nonces.size).toBe(20);
  });

  const damages: [string, (text: string) => string, VaultKey][] = [
    ['another key', (text) => text, { kind: 'key', bytes: Buffer.alloc(32, 8) }],
    ['a passphrase instead of the key', (text) => text, { kind: 'passphrase', passphrase: 'x' }],
    ['a changed byte', changed((sealed) => ({ ...sealed, data: flipped(String(sealed.data)) })), key()],
    ['a changed header', changed((sealed) => ({ ...sealed, version: 2 })), key()],
    ['a shortened tag', changed((sealed) => ({ ...sealed, tag: 'AAAAAA==' })), key()],
    ['no JSON', () => '{', key()],
  ];
  it.each(damages)('refuses %s and leaves the file as it is', async (_name, damage, vaultKey) => {
    await openVault(file(), key()).set('a', 'secret-value');
    writeFileSync(file(), damage(readFileSync(file(), 'utf8')));
    const before = readFileSync(file());
    let said: unknown;
    try {
      openVault(file(), vaultKey);
    } catch (thrown) {
      said = thrown;
    }
    expect(said).toMatchObject({ code: 'secret-store-unavailable' });
    expect(String(said)).not.toContain('secret-value');
    expect(readFileSync(file()).equals(before)).toBe(true);
  });

  it.each(['short', `${KEY}AA`, 'x'.repeat(44), Buffer.alloc(31).toString('base64')])(
    'refuses a malformed key without repeating it',
    (bad) => {
      let said = '';
      try {
        vaultKeyFrom({ MUSTER_VAULT_KEY: bad });
      } catch (thrown) {
        said = thrown instanceof MusterError ? `${thrown.code} ${thrown.message}` : '';
      }
      expect(said).toContain('invalid-settings');
      expect(said).not.toContain(bad);
    },
  );
});

describe('the system keychain', () => {
  it('answers within five seconds when it hangs, refuses at once while it does, and works again after', async () => {
    const clock = new FakeClock();
    const { keytar, state } = fakeKeytar();
    const store = osStore(keytar, home, clock);
    state.locked = true;
    const results = [codeOf(store.get('a')), codeOf(store.get('b'))];
    await clock.advance(5_000);
    expect(await Promise.all(results)).toEqual(['secret-store-locked', 'secret-store-locked']);
    expect(state.calls).toBe(1);
    state.unlock();
    await clock.advance(10_000);
    await store.set('a', 'v');
    expect(await store.get('a')).toBe('v');
    expect(clock.pending).toBe(0);
  });

  it('keeps homes apart', async () => {
    const { keytar } = fakeKeytar();
    await osStore(keytar, '/one', new FakeClock()).set('a', 'v');
    expect(await osStore(keytar, '/two', new FakeClock()).names()).toEqual([]);
  });
});

describe('choosing a store', () => {
  const options = () => ({
    home,
    clock: new FakeClock(),
    vaultKey: null as ReturnType<typeof vaultKeyFrom>,
    forced: null as ReturnType<typeof forcedKind>,
    keytar: fakeKeytar().keytar,
  });
  const without = (): Keytar => {
    const missing = () => Promise.reject(new MusterError('secret-store-unavailable', 'no library'));
    return {
      getPassword: missing,
      setPassword: missing,
      deletePassword: missing,
      findCredentials: missing,
      abandon: () => undefined,
    };
  };

  it('takes the keychain, else the vault, else memory, and says why', async () => {
    expect((await openSecretStores(options())).current().kind).toBe('os');
    expect((await openSecretStores({ ...options(), keytar: without(), vaultKey: key() })).current().kind).toBe('vault');
    const stores = await openSecretStores({ ...options(), keytar: without() });
    expect(stores.current().kind).toBe('memory');
    expect(await stores.survey()).toEqual([
      { kind: 'os', available: false, reason: 'no library' },
      { kind: 'vault', available: false, reason: expect.stringContaining('MUSTER_VAULT_KEY') },
      { kind: 'memory', available: true, reason: null },
    ]);
  });

  it('falls back from a locked keychain instead of hanging', async () => {
    const clock = new FakeClock();
    const { keytar, state } = fakeKeytar();
    state.locked = true;
    const opening = openSecretStores({ ...options(), clock, keytar, vaultKey: key() });
    await clock.advance(5_000);
    expect((await opening).current().kind).toBe('vault');
  });

  it('does not fall back from a forced one', async () => {
    expect(await codeOf(openSecretStores({ ...options(), forced: 'vault' }))).toBe('secret-store-unavailable');
    expect((await openSecretStores({ ...options(), forced: 'memory' })).current().kind).toBe('memory');
    expect(forcedKind({ MUSTER_KEYCHAIN: 'vault' })).toBe('vault');
    expect(forcedKind({})).toBeNull();
    expect(() => forcedKind({ MUSTER_KEYCHAIN: 'cloud' })).toThrow(MusterError);
  });

  it('moves secrets, and finds them in the new place after a restart', async () => {
    const { keytar, entries } = fakeKeytar();
    const start = () => openSecretStores({ ...options(), keytar, vaultKey: key() });
    const stores = await start();
    await stores.current().set('a/token', 'v');
    await stores.moveTo('vault');
    expect(stores.current().kind).toBe('vault');
    expect([...entries.values()].flatMap((service) => [...service.keys()])).toEqual([]);
    const again = await start();
    expect(again.current().kind).toBe('vault');
    expect(await again.current().get('a/token')).toBe('v');
  });

  it('gives the vault another key at a start, once, and opens with it from then on', async () => {
    const other = vaultKeyFrom({ MUSTER_VAULT_PASSPHRASE: 'a new passphrase' });
    const first = await openSecretStores({ ...options(), forced: 'vault', vaultKey: key() });
    await first.current().set('a/tokens', 'hunter2hunter2');
    const both = { ...options(), forced: 'vault' as const, vaultKey: key(), newVaultKey: other };
    const changed = await openSecretStores(both);
    expect([changed.rekeyed, await changed.current().get('a/tokens')]).toEqual([true, 'hunter2hunter2']);
    await changed.current().set('b/tokens', 'kept with the new key');
    // Killed before anybody changed the environment: the same start again.
    const again = await openSecretStores(both);
    expect([again.rekeyed, await again.current().get('b/tokens')]).toEqual([false, 'kept with the new key']);
    const after = await openSecretStores({ ...options(), forced: 'vault', vaultKey: other });
    expect(await after.current().get('a/tokens')).toBe('hunter2hunter2');
    expect(await codeOf(openSecretStores({ ...options(), forced: 'vault', vaultKey: key() }))).toBe(
      'secret-store-unavailable',
    );
    expect(vaultKeyInForce(home, key(), other)).toEqual(other);
  });

  it('leaves the vault as it is when neither key fits, or the new one cannot be written', async () => {
    const first = await openSecretStores({ ...options(), forced: 'vault', vaultKey: key() });
    await first.current().set('a/tokens', 'hunter2hunter2');
    const before = readFileSync(join(home, 'vault.json'), 'utf8');
    const [wrong, other] = ['wrong', 'other'].map((text) => vaultKeyFrom({ MUSTER_VAULT_PASSPHRASE: text }) ?? null);
    expect(await codeOf(openSecretStores({ ...options(), vaultKey: wrong ?? null, newVaultKey: other ?? null }))).toBe(
      'secret-store-unavailable',
    );
    expect(readFileSync(join(home, 'vault.json'), 'utf8')).toBe(before);
    expect(vaultKeyInForce(home, key(), other ?? null)).toEqual(key());
  });

  it('leaves no vault behind that is not in use, when everything is erased', async () => {
    const withVault = await openSecretStores({ ...options(), forced: 'vault', vaultKey: key() });
    await withVault.current().set('a/token', 'v');
    withVault.eraseRest();
    expect(await withVault.current().get('a/token')).toBe('v');
    const inMemory = await openSecretStores({ ...options(), forced: 'memory' });
    expect(existsSync(join(home, 'vault.json'))).toBe(true);
    inMemory.eraseRest();
    expect(existsSync(join(home, 'vault.json'))).toBe(false);
  });

  it('changes nothing when a move fails half-way', async () => {
    const from = memoryStore();
    const to = memoryStore();
    await from.set('a', '1');
    await from.set('b', '2');
    const broken = {
      ...to,
      set: (name: string, value: string) => (name === 'b' ? Promise.reject(new Error('full')) : to.set(name, value)),
    };
    let committed = false;
    await expect(
      moveSecrets(from, broken, () => {
        committed = true;
      }),
    ).rejects.toThrow('full');
    expect(committed).toBe(false);
    expect((await from.names()).sort()).toEqual(['a', 'b']);
    expect(await to.names()).toEqual([]);
    const stores = await openSecretStores(options());
    await stores.current().set('x', 'y');
    expect(await codeOf(stores.moveTo('vault'))).toBe('secret-store-unavailable');
    expect(await stores.current().get('x')).toBe('y');
  });
});
