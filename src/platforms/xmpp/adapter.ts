import { createHash } from 'node:crypto';
import { MusterError } from '../../domain/errors.ts';
import type { AdapterContext, PlatformAdapter } from '../platform.ts';
import { XmppConnection } from './connection.ts';
import { type XmppSettings, xmppManifest } from './manifest.ts';

/** The same name at every start: a session that the server still holds is then replaced, instead of staying as a ghost. */
function resourceNameOf(accountId: string): string {
  return `muster-${createHash('sha256').update(accountId).digest('hex').slice(0, 10)}`;
}

/** XMPP (RFC 6120, RFC 6121): everything is pushed. */
export const xmppAdapter: PlatformAdapter<XmppSettings> = {
  manifest: xmppManifest,
  async connect(context: AdapterContext<XmppSettings>) {
    const password = await context.secrets.get('password');
    if (password === null || password === '') {
      throw new MusterError('credentials-refused', 'There is no password for this account. Sign in again.');
    }
    const connection = new XmppConnection(context, password, resourceNameOf(context.accountId));
    await connection.start(context.signal);
    return connection;
  },
};
