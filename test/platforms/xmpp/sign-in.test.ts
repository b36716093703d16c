import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/infra/clock/system-clock.ts';
import { xmppAdapter } from '../../../src/platforms/xmpp/adapter.ts';
import { XmppSession } from '../../../src/platforms/xmpp/session.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import { makeCertificate } from '../../support/prosody.ts';
import { simulated } from './simulated.ts';
import { bench, eventually, signIn } from './support.ts';

/** Waits of the adapter pass ten times as fast. */
const hurried: Clock = Object.assign(Object.create(systemClock), {
  after: (ms: number, task: () => void) => systemClock.after(ms / 10, task),
});
const soon = () => AbortSignal.timeout(8_000);

/** A server of a few lines; its port. */
async function listening(take: (socket: Socket) => void): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    take(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise<unknown>((resolve) => server.close(resolve));
  };
  return { port: address.port, close };
}

describe('signing in to an XMPP server', () => {
  const stage = simulated();
  const { start, login, open } = stage;

  it('signs in by SCRAM-SHA-256 where a server takes nothing else, and not with a wrong password', async () => {
    await stage.simulator.close();
    await start({ mechanisms: ['SCRAM-SHA-256'] });
    const { connection, context } = await login();
    await connection.verify(soon());
    const wrong = { ...context, secrets: { get: async () => 'guess' } };
    await expect(xmppAdapter.check?.(wrong)).rejects.toMatchObject({ code: 'credentials-refused', retry: 'reauth' });
  });

  it('ends the connection to a server that takes the password without knowing it', async () => {
    let heard = '';
    const impostor = await listening((socket) => {
      const say = (text: string) => socket.write(text.replaceAll('SASL', "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'"));
      socket.on('data', (data) => {
        const text = String(data);
        heard += text;
        if (text.includes('<stream:stream'))
          say(
            "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' from='localhost' id='x' version='1.0'><stream:features><mechanisms SASL><mechanism>SCRAM-SHA-256</mechanism></mechanisms></stream:features>",
          );
        const first = /<auth [^>]*>([^<]+)</.exec(text)?.[1];
        const nonce = /r=(.+)$/.exec(Buffer.from(first ?? '', 'base64').toString())?.[1];
        const challenge = Buffer.from(`r=${nonce}x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=16`).toString('base64');
        if (first !== undefined) say(`<challenge SASL>${challenge}</challenge>`);
        if (text.includes('<response')) say(`<success SASL>${Buffer.from('v=AAAA').toString('base64')}</success>`);
      });
    });
    open.push(impostor);
    await expect(login({ service: `xmpp://127.0.0.1:${impostor.port}` })).rejects.toMatchObject({
      code: 'insecure-connection',
      message: expect.stringContaining('prove'),
    });
    expect(heard).toContain('<response');
    expect(heard).not.toContain('<bind');
  });

  it('checks a password beside a running session, unseen by contacts', async () => {
    const running = await login();
    const contact = await signIn(
      { service: stage.simulator.service, domain: 'localhost', username: 'ada', allowInsecureLoopback: true },
      'secret',
    );
    open.push(contact.connection);
    await eventually('us at the contact', () => contact.heard.latest.get('grace@localhost')?.status === 'online');
    const before = contact.heard.observations.length;
    await running.connection.close();
    await eventually('our goodbye', () => contact.heard.observations.length > before);
    const again = await login();
    const known = () => contact.heard.observations.filter(({ userId }) => userId === 'grace@localhost').length;
    await eventually('our return', () => contact.heard.latest.get('grace@localhost')?.status === 'online');
    const told = known();
    expect(await xmppAdapter.check?.(again.context)).toEqual({
      self: { userId: 'grace@localhost', displayName: 'grace' },
    });
    const wrong = { ...again.context, secrets: { get: async () => 'guess' } };
    await expect(xmppAdapter.check?.(wrong)).rejects.toMatchObject({ code: 'credentials-refused' });
    await again.connection.verify(soon());
    await contact.connection.verify(soon());
    expect(known()).toBe(told);
    expect(again.heard.lost).toEqual([]);
    expect(stage.simulator.sessions('grace').filter(({ connected }) => connected)).toHaveLength(1);
  });

  it('goes where a server sends its clients at sign-in, but not round in circles', async () => {
    let knocked = 0;
    let elsewhere = () => new URL(stage.simulator.service).host;
    const first = await listening((socket) => {
      knocked += 1;
      socket.once('data', () => {
        socket.end(
          `<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' from='localhost' id='x' version='1.0'><stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>${elsewhere()}</see-other-host></stream:error></stream:stream>`,
        );
      });
    });
    const { port } = first;
    open.push(first);
    const { connection } = await login({ service: `xmpp://127.0.0.1:${port}` });
    await connection.verify(soon());
    expect(knocked).toBe(1);
    elsewhere = () => `127.0.0.1:${port}`;
    await expect(login({ service: `xmpp://127.0.0.1:${port}` })).rejects.toMatchObject({
      code: 'platform-unavailable',
    });
    expect(knocked).toBe(5);
  });

  describe('with TLS', () => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-tls-'));
    const trusted = getCACertificates('default');

    async function startWithTls(host: string): Promise<string> {
      await stage.simulator.close();
      mkdirSync(folder, { recursive: true });
      const { keyFile, certFile } = makeCertificate(folder, host);
      const cert = readFileSync(certFile, 'utf8');
      await start({ tls: { key: readFileSync(keyFile, 'utf8'), cert }, requireTls: true });
      return cert;
    }

    afterEach(() => {
      setDefaultCACertificates(trusted);
      rmSync(folder, { recursive: true, force: true });
    });

    it('signs in by STARTTLS where the certificate is trusted, and refuses it where it is not', async () => {
      const cert = await startWithTls('localhost');
      await expect(login({ allowInsecureLoopback: false })).rejects.toMatchObject({ code: 'insecure-connection' });
      setDefaultCACertificates([...trusted, cert]);
      const { connection } = await login({ allowInsecureLoopback: false });
      await connection.verify(soon());
    });

    it('goes on to the domain’s next host when one does not answer, and begins with that one the next time', async () => {
      const cert = await startWithTls('localhost');
      let knocked = 0;
      const silent = await listening(() => {
        knocked += 1;
      });
      open.push(silent);
      const records: Record<string, number> = {
        '_xmpps-client._tcp.localhost': silent.port,
        '_xmpp-client._tcp.localhost': Number(new URL(stage.simulator.service).port),
      };
      const lookup = async (name: string) => [{ name: '127.0.0.1', port: records[name] ?? 0, priority: 1, weight: 1 }];
      const { context } = bench({ domain: 'localhost', username: 'grace' }, 'secret', { clock: hurried });
      const deaf = { onStanza: () => {}, onRosterPush: () => false, onLost: () => {} };
      const session = new XmppSession(context, 'secret', 'muster', deaf, lookup);
      open.push(session);
      // The second host answers, and is refused for its certificate: that says more than the silence of the first.
      await expect(session.open(context.signal)).rejects.toMatchObject({ code: 'insecure-connection' });
      expect(knocked).toBe(1);
      setDefaultCACertificates([...trusted, cert]);
      for (const _again of [1, 2]) {
        expect(await session.open(context.signal)).toBe('fresh');
        await session.disconnect();
        expect(knocked).toBe(2);
      }
    });
  });
});
