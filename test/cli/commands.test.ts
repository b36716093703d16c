import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BelievableXmpp, startBelievableXmpp } from '../../src/simulator/believable-xmpp.ts';
import { startBelievableSlack } from '../../src/simulator/slack/believable-slack.ts';
import { eventually } from '../contract/caller.ts';
import { removeFolder } from '../support/remove-folder.ts';
import { fakeIo, ran } from './fake-io.ts';

const MEMORY = { MUSTER_KEYCHAIN: 'memory' };

/** Without a server. */
describe('without a server', () => {
  let home = '';
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'muster-cli-'));
  });
  afterAll(() => removeFolder(home));

  it('every command that needs one ends with 3 and says what to do', async () => {
    const commands = [
      ['status'],
      ['set', 'busy'],
      ['clear'],
      ['contacts'],
      ['watch', 'ada'],
      ['account', 'list'],
      ['export'],
      ['secrets'],
      ['erase', '--yes'],
    ];
    for (const command of commands) {
      const { exitCode, out, err } = await ran([...command, '--home', home]);
      expect([exitCode, out], command.join(' ')).toEqual([3, '']);
      expect(err).toContain('muster serve');
    }
  });

  it('--json says what happened as a document too', async () => {
    const { exitCode, out } = await ran(['status', '--home', home, '--json']);
    expect([exitCode, JSON.parse(out)]).toEqual([
      3,
      { error: { code: 'no-server', message: expect.any(String), fields: [] } },
    ]);
  });

  it('--json says so of wrong usage too, whoever finds it', async () => {
    for (const wrong of [['set', 'sleepy'], ['dance'], ['status', 'now'], ['contacts', '--colour', 'red']]) {
      const { exitCode, out } = await ran([...wrong, '--json']);
      expect([exitCode, JSON.parse(out)], wrong.join(' ')).toEqual([
        2,
        { error: { code: 'usage', message: expect.not.stringContaining('error:'), fields: [] } },
      ]);
    }
  });

  it('wrong usage ends with 2', async () => {
    const wrong = [
      [],
      ['dance'],
      ['set'],
      ['set', 'sleepy'],
      ['set', 'busy', '--for', 'soon'],
      ['set', 'busy', '--until', '25:00'],
      ['set', 'busy', '--for', '1h', '--until', '17:30'],
      ['contacts', '--colour', 'red'],
      ['serve', '--port', 'many'],
      ['serve', '--port', '70000'],
      ['serve', '--port', '0', '--host', '0.0.0.0'],
      ['serve', '--public-url', 'http://x'],
      ['account'],
    ];
    for (const args of wrong) {
      const io = fakeIo({ env: MEMORY });
      expect((await ran([...args, ...(args.length > 0 ? ['--home', home] : [])], io)).exitCode, args.join(' ')).toBe(2);
    }
  });

  it('doctor looks at what can be seen from here', async () => {
    const { exitCode, out } = await ran(['doctor', '--home', home], fakeIo({ env: MEMORY }));
    expect(exitCode).toBe(1);
    expect(out).toMatch(
      /SQLite works[\s\S]*No Muster runs on this home|No Muster runs on this home[\s\S]*SQLite works/,
    );
    const key = Buffer.alloc(32, 7).toString('base64');
    const well = await ran(
      ['doctor', '--home', home, '--json'],
      fakeIo({ env: { MUSTER_KEYCHAIN: 'vault', MUSTER_VAULT_KEY: key } }),
    );
    expect(well.exitCode).toBe(0);
    expect(well.out).not.toContain(key);
  });

  it('a malformed vault key stops the start with 2, an absent store that is forced with 1', async () => {
    const malformed = await ran(
      ['serve', '--port', '0', '--home', home],
      fakeIo({ env: { MUSTER_VAULT_KEY: 'short-key' } }),
    );
    expect(malformed.exitCode).toBe(2);
    expect(malformed.err).toContain('openssl rand -base64 32');
    expect(malformed.err).not.toContain('short-key');
    const absent = await ran(['serve', '--port', '0', '--home', home], fakeIo({ env: { MUSTER_KEYCHAIN: 'vault' } }));
    expect(absent.exitCode).toBe(1);
    expect(
      (await ran(['serve', '--port', '0', '--home', home], fakeIo({ env: { MUSTER_KEYCHAIN: 'drawer' } }))).exitCode,
    ).toBe(2);
  });

  it('help and version end with 0', async () => {
    expect((await ran(['--help'])).out).toContain('contacts');
    expect((await ran(['--version'])).out).toMatch(/^\d+\.\d+\.\d+/);
    expect((await ran(['account', 'add', '--help'])).exitCode).toBe(0);
  });
});

describe('beside a server', () => {
  let home = '';
  let xmpp: BelievableXmpp;
  let slack: Awaited<ReturnType<typeof startBelievableSlack>>;
  const server = fakeIo({ env: MEMORY });
  let served: Promise<unknown>;
  const muster = (args: readonly string[], io = fakeIo()) => ran([...args, '--home', home], io);
  const json = async (args: readonly string[]) => JSON.parse((await muster([...args, '--json'])).out);

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'muster-cli-'));
    [xmpp, slack] = await Promise.all([startBelievableXmpp({ people: 6 }), startBelievableSlack({ people: 6 })]);
    served = ran(['serve', '--port', '0', '--home', home, '--open'], server);
    await eventually('the server is ready', () => server.printed.out.includes('is ready at'));
  }, 30_000);
  afterAll(async () => {
    server.interrupt();
    expect(await served).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(home, 'server.json'))).toBe(false);
    await xmpp.xmpp.close();
    await slack.slack.close();
    removeFolder(home);
  });

  const xmppArgs = () => [
    'account',
    'add',
    'xmpp',
    '--label',
    'Harbour',
    '--set',
    `service=${xmpp.xmpp.service}`,
    '--set',
    `domain=${xmpp.xmpp.domain}`,
    '--set',
    `username=${xmpp.me}`,
    '--set',
    'allowInsecureLoopback=true',
  ];

  it('prints where it is and a link for the browser', () => {
    expect(server.printed.out).toMatch(/http:\/\/127\.0\.0\.1:\d+ .*\n.*http:\/\/127\.0\.0\.1:\d+\/#[\w.~-]+\n/);
  });

  it('a second start on the home ends with 3, with a new link when asked for', async () => {
    const io = fakeIo({ env: MEMORY });
    const second = await muster(['serve', '--port', '0', '--open'], io);
    expect(second.exitCode).toBe(3);
    const wrong = await ran(['serve', '--home', home, '--port', '0', '--host', '0.0.0.0'], fakeIo({ env: MEMORY }));
    expect(wrong.exitCode).toBe(2);
    expect(second.err).toMatch(/already runs on this home/);
    const link = new URL(/http:\S+#\S+/.exec(second.err)?.[0] ?? '');
    const answered = await fetch(new URL('/v1/session', link), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: link.hash.slice(1) }),
    });
    expect(answered.status).toBe(204);
  });

  it('a taken port ends with 1 and says so', async () => {
    const { port } = JSON.parse(readFileSync(join(home, 'server.json'), 'utf8'));
    const other = mkdtempSync(join(tmpdir(), 'muster-cli-'));
    const taken = await ran(['serve', '--port', String(port), '--home', other], fakeIo({ env: MEMORY }));
    expect(taken.exitCode).toBe(1);
    expect(taken.err).toContain('--port 0');
    removeFolder(other);
  });

  it('shows an empty Muster in words', async () => {
    expect((await muster(['contacts'])).out).toBe('Nobody.\n');
    expect((await muster(['account', 'list'])).out).toContain('muster account add');
    expect((await muster(['status'])).out).toContain('nobody yet');
    expect((await muster(['set', 'away'])).out).toContain('No account');
    expect((await muster(['clear'])).exitCode).toBe(0);
  });

  it('account add never takes a secret as an argument', async () => {
    const refused = await muster(['account', 'add', 'xmpp', '--set', `password=${xmpp.password}`]);
    expect(refused.exitCode).toBe(2);
    expect(refused.err).not.toContain(xmpp.password);
    expect((await muster(xmppArgs())).err).toContain('--secret-env password=VARIABLE');
    for (const wrong of [
      ['--secret-env', 'password=ABSENT'],
      ['--secret-env', 'colour=PATH'],
      ['--secret-stdin', 'password'],
      ['--set', 'nothing'],
    ])
      expect((await muster([...xmppArgs(), ...wrong])).exitCode, wrong.join(' ')).toBe(2);
    expect((await muster(['account', 'add', 'icq'])).err).toContain('slack');
  });

  it('account add says why the platform refuses', async () => {
    const refused = await muster(xmppArgs(), fakeIo({ askSecret: async () => 'wrong-password' }));
    expect(refused.exitCode).toBe(1);
    expect(refused.err).not.toContain('wrong-password');
  });

  it('account add asks for the secret at a terminal, takes it from the environment or from standard input', async () => {
    const asked: string[] = [];
    const io = fakeIo({
      askSecret: async (question) => {
        asked.push(question);
        return xmpp.password;
      },
    });
    const added = await muster(xmppArgs(), io);
    expect(added).toMatchObject({ exitCode: 0, out: expect.stringContaining('Signed in.') });
    expect(asked).toHaveLength(1);
    const slackArgs = ['account', 'add', 'slack', '--set', `apiUrl=${slack.slack.apiUrl}`, '--json'];
    const fromEnv = await muster(
      [...slackArgs, '--secret-env', 'userToken=TOKEN'],
      fakeIo({ env: { TOKEN: slack.token } }),
    );
    expect(fromEnv.exitCode).toBe(0);
    const { id } = JSON.parse(fromEnv.out);
    expect(await muster(['account', 'remove', id])).toMatchObject({ exitCode: 0 });
    const fromInput = await muster(
      [...slackArgs, '--secret-stdin', 'userToken'],
      fakeIo({ input: `${slack.token}\n` }),
    );
    expect(fromInput.exitCode).toBe(0);
    expect((await muster(['account', 'list'])).out).toMatch(/xmpp[\s\S]*slack|slack[\s\S]*xmpp/);
    expect((await muster(['account', 'remove', 'a_none'])).exitCode).toBe(1);
  });

  it('contacts lists people in columns, filtered by name and status', async () => {
    await eventually('everybody is there', async () => (await json(['contacts'])).length >= 8);
    const all = (await muster(['contacts'], fakeIo({ terminal: { columns: 60, colours: true } }))).out;
    expect(all).toContain('\u001b[');
    expect((await muster(['contacts'])).out).not.toContain('\u001b');
    const [first] = await json(['contacts']);
    expect((await json(['contacts', first.name])).map((contact: { id: string }) => contact.id)).toContain(first.id);
    expect((await muster(['contacts', '--status', 'sleepy'])).exitCode).toBe(2);
    const online = await json(['contacts', '--status', 'online']);
    expect(online.every((contact: { status: string }) => contact.status === 'online')).toBe(true);
  });

  it('set and clear say what became of it on each account', async () => {
    const set = await muster(['set', 'busy', '--message', 'Focus', '--emoji', '🎧', '--for', '45m']);
    expect(set.exitCode).toBe(0);
    expect(set.out).toMatch(/Harbour +xmpp +(applied|partial|pending)/);
    const { me, accounts, counts } = await json(['status']);
    expect(me.intent).toMatchObject({ status: 'busy', message: 'Focus' });
    expect(accounts).toHaveLength(2);
    expect(Object.keys(counts)).toContain('online');
    expect((await muster(['status'])).out).toMatch(/You: busy · 🎧 Focus · until/);
    expect((await muster(['clear'])).out).toContain('Cleared.');
    expect((await muster(['clear'])).out).not.toContain('No account');
  });

  it('watch streams the changes of one person until it is interrupted', async () => {
    const username = xmpp.others[0] ?? '';
    const people: { name: string; id: string; identities: { userId: string }[] }[] = await json(['contacts']);
    const person = people.find(({ identities }) => identities.some(({ userId }) => userId.startsWith(`${username}@`)));
    const io = fakeIo();
    const watching = muster(['watch', person?.id ?? ''], io);
    await eventually('the first line', () => io.printed.out.includes(person?.name ?? '-'));
    xmpp.xmpp.setPresence(username, 'desk', { show: 'dnd', status: 'Diving', priority: 5 });
    await eventually('the change', () => /busy.*Diving/.test(io.printed.out));
    io.interrupt();
    expect((await watching).exitCode).toBe(0);
    const ambiguous = await muster(['watch', 'a']);
    expect(ambiguous.exitCode).toBe(2);
    expect(ambiguous.err).toMatch(/c_\w+/);
    expect((await muster(['watch', 'nobody at all'])).exitCode).toBe(1);
  });

  it('export writes everything but secrets, for its owner only', async () => {
    const document = (await muster(['export'])).out;
    expect(JSON.parse(document)).toMatchObject({ version: expect.any(String), exportedAt: expect.any(String) });
    expect(document).not.toContain(xmpp.password);
    expect(document).not.toContain(slack.token);
    const file = join(home, 'export.json');
    expect((await muster(['export', '--output', file])).exitCode).toBe(0);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect((await muster(['export', '--output', file])).exitCode).toBe(1);
  });

  it('doctor reports the accounts of the running server', async () => {
    const { findings } = await json(['doctor']);
    expect(findings.map(({ title }: { title: string }) => title).join()).toContain('Harbour');
  });

  it('erase asks first', async () => {
    expect((await muster(['erase'])).exitCode).toBe(2);
    expect((await muster(['erase'], fakeIo({ ask: async () => 'no' }))).exitCode).toBe(1);
    expect(await json(['account', 'list'])).toHaveLength(2);
    expect((await muster(['erase'], fakeIo({ ask: async () => 'erase' }))).exitCode).toBe(0);
    expect(await json(['account', 'list'])).toEqual([]);
  });
});
