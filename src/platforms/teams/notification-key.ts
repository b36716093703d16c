import { createHash, generateKeyPair, type KeyObject, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { addMs, DAY_MS, type EpochMs } from '../../domain/time.ts';
import { bitString, der, integer, objectId, sequence, utcTime, utf8 } from './der.ts';
import { graphInstant } from './times.ts';

const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';
const COMMON_NAME = '2.5.4.3';

/** The key pair that Graph encrypts notifications for. It lives in memory, as long as the subscriptions that were made with it. */
export interface NotificationKey {
  /** Names the key in each notification. */
  readonly id: string;
  readonly privateKey: KeyObject;
  /** The public key as a base64 X.509 certificate, which nobody checks: Graph wants the form (change-notifications-with-resource-data). */
  readonly certificate: string;
}

/** Makes a key pair of 2,048 bits and its self-signed certificate. */
export async function makeNotificationKey(now: EpochMs): Promise<NotificationKey> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const certificate = selfSigned(spki, privateKey, now);
  const id = createHash('sha256').update(spki).digest('hex').slice(0, 32);
  return { id, privateKey, certificate: certificate.toString('base64') };
}

/** RFC 5280, version 1: name, two days of validity, the key. */
function selfSigned(spki: Buffer, privateKey: KeyObject, now: EpochMs): Buffer {
  const algorithm = sequence(objectId(SHA256_WITH_RSA), der(0x05));
  const name = sequence(der(0x31, sequence(objectId(COMMON_NAME), utf8('Muster'))));
  const validity = sequence(utcTime(graphInstant(addMs(now, -DAY_MS))), utcTime(graphInstant(addMs(now, DAY_MS))));
  const serial = randomBytes(15);
  serial[0] = 0x01;
  const content = sequence(integer(serial), algorithm, name, validity, name, spki);
  return sequence(content, algorithm, bitString(sign('sha256', content, privateKey)));
}
