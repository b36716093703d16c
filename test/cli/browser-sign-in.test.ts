import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  GOOGLE_CLIENT,
  type GoogleChatSimulator,
  startGoogleChatSimulator,
} from '../../src/simulator/google-chat/server.ts';
import { eventually } from '../contract/caller.ts';
import { removeFolder } from '../support/remove-folder.ts';
import { type FakeIo, fakeIo, type Ran, ran } from './fake-io.ts';

const ENV = { MUSTER_KEYCHAIN: 'memory', GOOGLE_SECRET: GOOGLE_CLIENT.clientSecret };

describe('signing in by browser from a terminal', () => {
  let home = '';
  let google: GoogleChatSimulator;
  let server: FakeIo;
  let served: Promise<Ran>;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'muster-cli-'));
    google = await startGoogleChatSimulator();
    server = fakeIo({ env: ENV });
    served = ran(['serve', '--home', home, '--port', '0'], server);
    await eventually('the server is ready', () => server.printed.out.includes('is ready'));
  });
  afterAll(async () => {
    server.interrupt();
    await served;
    await google.close();
    removeFolder(home);
  });

  const muster = (args: string[], io: FakeIo = fakeIo({ env: ENV })) => ran([...args, '--home', home], io);
  const addArgs = () => [
    'account',
    'add',
    'google-chat',
    '--oauth',
    '--set',
    `clientId=${GOOGLE_CLIENT.clientId}`,
    '--set',
    `apiUrl=${google.apiUrl}`,
    '--set',
    `authUrl=${google.authUrl}`,
    '--secret-env',
    'clientSecret=GOOGLE_SECRET',
  ];
  /** Opens the printed page as a browser would; the simulator's user consents as it was told. */
  const browse = async (io: FakeIo) => {
    const address = await eventually('the address is printed', () => /http:\S+/.exec(io.printed.err)?.[0]);
    return (await fetch(address)).text();
  };

  it('prints where to go, waits, and shows the account; signing in again keeps it', async () => {
    const io = fakeIo({ env: ENV });
    const added = muster([...addArgs(), '--json'], io);
    expect(await browse(io)).toContain('You can close this window');
    const { exitCode, out } = await added;
    const account = JSON.parse(out);
    expect([exitCode, account.platform]).toEqual([0, 'google-chat']);
    const again = fakeIo({ env: ENV });
    const repaired = muster(['account', 'sign-in', account.id], again);
    await browse(again);
    const { exitCode: code, out: text } = await repaired;
    expect(code).toBe(0);
    expect(text).toContain('Signed in again');
    expect(JSON.parse((await muster(['account', 'list', '--json'])).out)).toHaveLength(1);
  });

  it('ends with 1 and the reason when it is declined', async () => {
    google.oauth.consent = { userId: google.user.id, decision: 'deny' };
    const io = fakeIo({ env: ENV });
    const added = muster(addArgs(), io);
    await browse(io);
    const { exitCode, err } = await added;
    expect(exitCode).toBe(1);
    expect(err).toContain('declined');
  });

  it('gives the sign-in up when it is interrupted', async () => {
    const io = fakeIo({ env: ENV });
    const added = muster(addArgs(), io);
    const address = await eventually('the address is printed', () => /http:\S+/.exec(io.printed.err)?.[0]);
    io.interrupt();
    expect((await added).exitCode).toBe(1);
    const redirect = new URL(address).searchParams.get('redirect_uri') ?? '';
    await expect(fetch(`${redirect}?code=1`)).rejects.toThrow();
  });

  it('is wrong usage where the platform has none, or the app registration is missing', async () => {
    expect((await muster(['account', 'add', 'xmpp', '--oauth'])).exitCode).toBe(2);
    const missing = await muster(['account', 'add', 'google-chat', '--oauth', '--set', `clientId=x`]);
    expect(missing.exitCode).toBe(2);
    expect(missing.err).toContain('clientSecret');
  });
});
