import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a server keeps of a password (RFC 5802 §3): from these the password cannot be read. */
export interface ScramCredentials {
  readonly salt: Buffer;
  readonly iterations: number;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

const hmac = (key: Buffer, value: string) => createHmac('sha1', key).update(value).digest();
const sha1 = (value: Buffer) => createHash('sha1').update(value).digest();

/** Derives the SCRAM-SHA-1 keys of a password. */
export function deriveCredentials(password: string, iterations: number): ScramCredentials {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 20, 'sha1');
  return { salt, iterations, storedKey: sha1(hmac(salted, 'Client Key')), serverKey: hmac(salted, 'Server Key') };
}

/** Whether a password given in the clear (PLAIN) is the one of the credentials. */
export function matchesPassword(credentials: ScramCredentials, password: string): boolean {
  const salted = pbkdf2Sync(password, credentials.salt, credentials.iterations, 20, 'sha1');
  return timingSafeEqual(sha1(hmac(salted, 'Client Key')), credentials.storedKey);
}

/** The server's half of one SCRAM exchange. */
export interface ScramExchange {
  readonly username: string;
  readonly challenge: string;
  /** The server's signature for the right final message, else undefined. */
  finish(clientFinal: string): string | undefined;
}

/** Reads the client's first message and answers it; undefined when it is malformed or asks for channel binding. */
export function startScram(
  clientFirst: string,
  lookUp: (username: string) => ScramCredentials,
): ScramExchange | undefined {
  const match = /^([ny]),(?:a=[^,]*)?,(n=([^,]+),r=([^,]+).*)$/.exec(clientFirst);
  const [, flag, bare, name, clientNonce] = match ?? [];
  if (bare === undefined || name === undefined || clientNonce === undefined) return undefined;
  const username = name.replaceAll('=2C', ',').replaceAll('=3D', '=');
  const credentials = lookUp(username);
  const nonce = clientNonce + randomBytes(18).toString('base64');
  const challenge = `r=${nonce},s=${credentials.salt.toString('base64')},i=${credentials.iterations}`;
  const header = clientFirst.slice(0, clientFirst.length - bare.length);
  return {
    username,
    challenge,
    finish: (clientFinal) => {
      const parts = /^(c=([^,]+),r=([^,]+)),p=(.+)$/.exec(clientFinal);
      const [, withoutProof, binding, echoed, proofText] = parts ?? [];
      if (withoutProof === undefined || proofText === undefined || echoed !== nonce || flag === undefined)
        return undefined;
      if (Buffer.from(binding ?? '', 'base64').toString('utf8') !== header) return undefined;
      const auth = `${bare},${challenge},${withoutProof}`;
      const signature = hmac(credentials.storedKey, auth);
      const proof = Buffer.from(proofText, 'base64');
      if (proof.length !== signature.length) return undefined;
      const clientKey = Buffer.from(proof.map((byte, index) => byte ^ (signature[index] ?? 0)));
      if (!timingSafeEqual(sha1(clientKey), credentials.storedKey)) return undefined;
      return `v=${hmac(credentials.serverKey, auth).toString('base64')}`;
    },
  };
}
