import { createHash } from 'node:crypto';
import { MusterError } from '../../domain/errors.ts';
import type { AdapterContext, PlatformAdapter } from '../platform.ts';
import { XmppConnection } from './connection.ts';
import { type XmppSettings, xmppManifest } from './manifest.ts';
import { XmppSession } from './session.ts';

/** The same name at every start: a session that the server still holds is then replaced, instead of staying as a ghost. */
function resourceNameOf(accountId: string): string {
  return `muster-${createHash('sha256').update(accountId).digest('hex').slice(0, 10)}`;
}

async function passwordOf({ secrets }: AdapterContext<XmppSettings>): Promise<string> {
  const password = await secrets.get('password');
  if (password !== null && password !== '') return password;
  throw new MusterError('credentials-refused', 'There is no password for this account. Sign in again.');
}

/** XMPP (RFC 6120, RFC 6121): everything is pushed. */
export const xmppAdapter: PlatformAdapter<XmppSettings> = {
  manifest: xmppManifest,
  /**
   * Signs in beside the account, under a name of its own and without a presence: contacts see nobody come and go, and a session that
   * runs is not taken over.
   */
  async check(context: AdapterContext<XmppSettings>) {
    const { username } = context.settings;
    const deaf = { onStanza: () => {}, onRosterPush: () => false, onLost: () => {} };
    const session = new XmppSession(context, await passwordOf(context), context.random.id('muster-check-'), deaf);
    try {
      await session.open(context.signal);
    } finally {
      // Who was never there does not say goodbye either.
      await session.disconnect();
      await session.close();
    }
    return { self: { userId: session.bareJid, displayName: username } };
  },
  async connect(context: AdapterContext<XmppSettings>) {
    const connection = new XmppConnection(context, await passwordOf(context), resourceNameOf(context.accountId));
    await connection.start(context.signal);
    return connection;
  },
};
