import { createHash } from 'node:crypto';
import { xml } from '@xmpp/client';
import { mediaTypeOf } from '../media-type.ts';
import type { Picture } from '../platform.ts';
import { StanzaRefused } from './errors.ts';
import { NS } from './namespaces.ts';
import { decodeBase64, isSha1, parseVcard } from './schema.ts';
import type { XmppSession } from './session.ts';

const MAX_PICTURE_BYTES = 1_024 * 1_024;

/** The key of a picture: where it lies, its SHA-1, whose it is. */
function parseAvatarKey(key: string): { source: 'pep' | 'vcard'; hash: string; jid: string } | null {
  const [source, hash, ...rest] = key.split(':');
  const jid = rest.join(':');
  if ((source !== 'pep' && source !== 'vcard') || hash === undefined || !isSha1(hash) || jid === '') return null;
  return { source, hash, jid };
}

/**
 * A contact's picture: XEP-0084 data, or the vCard's photo. Null when it is gone, too large, not what its hash says, or no picture.
 * Rejects when the connection fails.
 */
export async function loadPicture(session: XmppSession, key: string, signal: AbortSignal): Promise<Picture | null> {
  const parsed = parseAvatarKey(key);
  if (!parsed) return null;
  let bytes: Uint8Array | null;
  try {
    bytes =
      parsed.source === 'pep'
        ? await loadData(session, parsed.jid, parsed.hash, signal)
        : parseVcard(await session.request('get', xml('vCard', { xmlns: NS.vcard }), { to: parsed.jid, signal })).photo;
  } catch (error) {
    if (error instanceof StanzaRefused) return null;
    throw error;
  }
  if (bytes === null || bytes.length > MAX_PICTURE_BYTES) return null;
  const mediaType = mediaTypeOf(bytes);
  const hash = createHash('sha1').update(bytes).digest('hex');
  return mediaType === null || hash !== parsed.hash ? null : { bytes, mediaType };
}

async function loadData(session: XmppSession, jid: string, hash: string, signal: AbortSignal) {
  const question = xml(
    'pubsub',
    { xmlns: NS.pubsub },
    xml('items', { node: NS.avatarData }, xml('item', { id: hash })),
  );
  const answer = await session.request('get', question, { to: jid, signal });
  const data = answer?.getChild('items')?.getChild('item')?.getChild('data', NS.avatarData)?.text();
  return data === undefined ? null : decodeBase64(data);
}
