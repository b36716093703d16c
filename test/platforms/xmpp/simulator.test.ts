import { createHash } from 'node:crypto';
import { connect, createServer, type Server } from 'node:net';
import { describe, expect, it } from 'vitest';
import { simulated } from './simulated.ts';
import { type Bench, eventually } from './support.ts';

const ADA = 'ada@localhost';
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const soon = () => AbortSignal.timeout(8_000);

describe('XMPP against the simulated server', () => {
  const stage = simulated();
  const { login, open } = stage;

  it('asks offline people once when they were last there, and never again those who refuse', async () => {
    const seen = Date.now() - 3_600_000;
    stage.simulator.addUser('bob', { password: 'secret' });
    stage.simulator.befriend('grace', 'bob');
    stage.simulator.setLastSeen('ada', seen);
    stage.simulator.setLastActivity('bob', 'forbidden');
    const { heard } = await login();
    const ada = await eventually('the answer', () => heard.latest.get(ADA)?.lastSeen, 9_000);
    expect(Math.abs(ada - seen)).toBeLessThan(10_000);
    expect(heard.latest.get('bob@localhost')).toMatchObject({ status: 'offline', lastSeen: null });
    expect(heard.observations.every(({ replayed }) => replayed)).toBe(true);
  }, 20_000);

  it('keeps a presence error as not known, with its condition', async () => {
    const { heard } = await login();
    await eventually('a first word', () => heard.latest.get(ADA));
    stage.simulator.faults.presenceError('ada', 'grace', 'remote-server-timeout');
    await eventually('the error', () => heard.latest.get(ADA)?.rawStatus === 'error: remote-server-timeout');
    expect(heard.latest.get(ADA)?.status).toBe('unknown');
  });

  it('takes names and pictures from vCards where nothing better is published', async () => {
    stage.simulator.addUser('bob', { password: 'secret' });
    stage.simulator.befriend('grace', 'bob');
    stage.simulator.setVCard('bob', { nickname: 'Bobby', photo: PNG, type: 'image/png' });
    stage.simulator.setPresence('bob', 'desk', {});
    const { heard, connection } = await login();
    const bob = () => heard.identities.get('bob@localhost');
    await eventually('the vCard’s name', () => bob()?.displayName === 'Bobby', 9_000);
    stage.simulator.setNick('bob', 'Robert');
    await eventually('the nick', () => bob()?.displayName === 'Robert');
    const hash = createHash('sha1').update(PNG).digest('hex');
    const picture = await connection.avatars?.load(`vcard:${hash}:bob@localhost`, soon());
    expect(picture).toMatchObject({ mediaType: 'image/png' });
    expect(await connection.avatars?.load(`vcard:${'1'.repeat(40)}:bob@localhost`, soon())).toBeNull();
    expect(await connection.avatars?.load(`pep:${'1'.repeat(40)}:bob@localhost`, soon())).toBeNull();
  }, 20_000);

  it('shows no picture that is none, whatever it is called', async () => {
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>');
    const hash = stage.simulator.setAvatar('ada', svg, 'image/png');
    const { heard, connection } = await login();
    await eventually('it is announced', () => heard.identities.get(ADA)?.avatarKey);
    expect(await connection.avatars?.load(`pep:${hash}:${ADA}`, soon())).toBeNull();
  });

  it('reads text whole that arrives byte by byte', async () => {
    const relay = await drip(stage.simulator.port);
    open.push({ close: () => new Promise((resolve) => relay.server.close(resolve)) });
    stage.simulator.setPresence('ada', 'desk', { status: 'Mittagessen 🍜 — später zurück' });
    const { heard } = await login({ service: `xmpp://127.0.0.1:${relay.port}` });
    await eventually('the text', () => heard.latest.get(ADA)?.message === 'Mittagessen 🍜 — später zurück');
    await Promise.all(open.splice(1).map((one) => one.close()));
  });

  it('believes roster pushes and answers only from those who may give them', async () => {
    const { heard, connection } = await login();
    const push = (from: string, jid: string) =>
      stage.simulator.faults.raw(
        'grace',
        `<iq type='set' id='p-${jid}' from='${from}'><query xmlns='jabber:iq:roster'><item jid='${jid}' subscription='both'/></query></iq>`,
      );
    push('mallory@evil.example', 'fake@evil.example');
    push('mallory@localhost', 'fake@localhost');
    push('grace@localhost', 'real@localhost');
    await eventually('the real one', () => heard.identities.has('real@localhost'));
    expect([...heard.identities.keys()].filter((jid) => jid.startsWith('fake'))).toEqual([]);
    stage.simulator.faults.iq('urn:xmpp:ping', { answer: 'silence' });
    stage.simulator.faults.raw('grace', `<iq type='result' id='q_1' from='mallory@evil.example'/>`);
    await expect(connection.verify(AbortSignal.timeout(300))).rejects.toBeDefined();
  });

  it('loses the connection, not the process, over a stanza that the library cannot bear', async () => {
    const { heard, connection } = await login();
    for (const [index, stanza] of [
      `<presence from='@'/>`,
      '</nonsense>',
      '<iq/><a xmlns="urn:xmpp:sm:3" h="99"/>',
    ].entries()) {
      const before = heard.lost.length;
      stage.simulator.faults.raw('grace', stanza);
      stage.simulator.setPresence('ada', 'desk', { status: `still here ${index}` });
      await eventually(
        'a loss or life',
        () => heard.lost.length > before || heard.latest.get(ADA)?.message === `still here ${index}`,
      );
      if (heard.lost.length > before) {
        expect(heard.lost.at(-1)?.retry).toBe('later');
        await connection.reconnect?.(soon());
      }
      await eventually('life goes on', () => heard.latest.get(ADA)?.message === `still here ${index}`);
    }
  }, 30_000);

  it('tries again later when the server cannot check passwords, and never after a conflict', async () => {
    stage.simulator.faults.temporaryAuthFailures(1);
    await expect(login()).rejects.toMatchObject({ code: 'platform-unavailable', retry: 'later' });
    const { heard } = await login();
    stage.simulator.kick('grace', 'conflict');
    await eventually('the loss', () => heard.lost.length === 1);
    expect(heard.lost[0]).toMatchObject({ code: 'replaced-by-another-session', retry: 'never' });
  });

  it('comes back after a restart with its last wish, and calls those offline who left meanwhile', async () => {
    stage.simulator.setPresence('ada', 'desk', {});
    const { heard, connection } = await login();
    await eventually('ada', () => heard.latest.get(ADA)?.status === 'online');
    await connection.ownStatus?.apply(
      {
        status: { kind: 'set', status: 'away', message: 'Train', emoji: null, until: null },
        doNotDisturb: { kind: 'set', active: true, until: null },
      },
      soon(),
    );
    await stage.simulator.restart();
    await eventually('the loss', () => heard.lost.length === 1);
    expect(heard.lost[0]).toMatchObject({ code: 'platform-unavailable', retry: 'later' });
    stage.simulator.goOffline('ada', 'desk');
    expect(await connection.reconnect?.(soon())).toBe('fresh');
    await eventually('ada left', () => heard.latest.get(ADA)?.status === 'offline', 9_000);
    const ours = () => stage.simulator.sessions('grace').find(({ connected }) => connected);
    await eventually('our presence', () => ours()?.available);
    expect(ours()).toMatchObject({ show: 'dnd', status: 'Train', priority: -1 });
    expect(await connection.ownStatus?.read(soon())).toMatchObject({
      status: { status: 'away', message: 'Train' },
      doNotDisturb: { active: true },
    });
  }, 20_000);

  it('follows no redirection out of a session', async () => {
    let knocked = 0;
    const elsewhere = createServer((socket) => {
      knocked += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => new Promise((resolve) => elsewhere.close(resolve)) });
    const address = elsewhere.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const { heard } = await login();
    stage.simulator.faults.raw(
      'grace',
      `<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>127.0.0.1:${address.port}</see-other-host></stream:error></stream:stream>`,
    );
    stage.simulator.faults.dropWithoutClose('grace', 'destroy');
    await eventually('the loss', () => heard.lost.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(knocked).toBe(0);
    expect(heard.lost[0]?.retry).toBe('later');
  });

  it('finishes its first snapshot also when the connection broke in the middle of it and was resumed', async () => {
    stage.simulator.addUser('bob', { password: 'secret' });
    stage.simulator.befriend('grace', 'bob');
    stage.simulator.setLastSeen('bob', Date.now() - 600_000);
    const { heard, connection } = await login();
    stage.simulator.faults.dropWithoutClose('grace');
    await eventually('the loss', () => heard.lost.length === 1);
    expect(await connection.reconnect?.(soon())).toBe('resumed');
    await eventually('bob is known', () => heard.latest.get('bob@localhost')?.lastSeen, 9_000);
    expect(heard.latest.get('bob@localhost')?.status).toBe('offline');
  }, 20_000);

  it('asks for people who are no longer opted out, and takes the answer for no change', async () => {
    stage.simulator.setPresence('ada', 'desk', {});
    let bench: Bench | undefined;
    const { heard, connection } = await login({}, (made) => {
      bench = made;
      made.optedOut.add(ADA);
    });
    await connection.verify(soon());
    expect(heard.latest.has(ADA)).toBe(false);
    bench?.optedOut.clear();
    for await (const page of connection.roster?.list(soon()) ?? []) expect(page).toHaveLength(1);
    await eventually('ada', () => heard.latest.get(ADA)?.status === 'online');
    expect(heard.latest.get(ADA)?.replayed).toBe(true);
  });

  it('links to a chat in the user’s own client', async () => {
    const { connection } = await login();
    expect(connection.chatUrl(ADA)).toBe('xmpp:ada@localhost?message');
    expect(connection.chatUrl('a?b#c@localhost')).toBe('xmpp:a%3Fb%23c@localhost?message');
    expect(connection.chatUrl('@')).toBeNull();
  });
});

/** A relay that hands on one byte at a time. */
async function drip(port: number): Promise<{ server: Server; port: number }> {
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    near.setNoDelay(true);
    near.on('data', (chunk) => far.write(chunk));
    far.on('data', (chunk) => {
      for (const byte of chunk) near.write(Uint8Array.of(byte));
    });
    for (const socket of [near, far]) {
      socket.on('error', () => {});
      socket.on('close', () => {
        near.destroy();
        far.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { server, port: address.port };
}
