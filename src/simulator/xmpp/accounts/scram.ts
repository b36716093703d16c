import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

/** The hash functions that SCRAM is used with (RFC 5802, RFC 7677), and how many bytes each gives. */
const BYTES = { sha1: 20, sha256: 32 } as const;
export type ScramHash = keyof typeof BYTES;

/** What a server keeps of a password (RFC 5802 §3): from these the password cannot be read. */
export interface ScramCredentials {
  readonly hash: ScramHash;
  readonly salt: Buffer;
  readonly iterations: number;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

const hmac = (hash: ScramHash, key: Buffer, value: string) => createHmac(hash, key).update(value).digest();
const digest = (hash: ScramHash, value: Buffer) => createHash(hash).update(value).digest();

/** A password's keys for either hash, derived when they are asked for first: a server of a thousand users starts at once. */
export interface PasswordKeys {
  of(hash: ScramHash): ScramCredentials;
}

/** Takes a password over. */
export function keysOf(password: string, iterations: number): PasswordKeys {
  const derived = new Map<ScramHash, ScramCredentials>();
  return {
    of(hash) {
      const known = derived.get(hash) ?? deriveCredentials(password, iterations, hash);
      derived.set(hash, known);
      return known;
    },
  };
}

function deriveCredentials(password: string, iterations: number, hash: ScramHash): ScramCredentials {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, BYTES[hash], hash);
  const storedKey = digest(hash, hmac(hash, salted, 'Client Key'));
  return { hash, salt, iterations, storedKey, serverKey: hmac(hash, salted, 'Server Key') };
}

/** Whether a password given in the clear (PLAIN) is the one of the credentials. */
export function matchesPassword(credentials: ScramCredentials, password: string): boolean {
  const { hash, salt, iterations, storedKey } = credentials;
  const salted = pbkdf2Sync(password, salt, iterations, BYTES[hash], hash);
  return timingSafeEqual(digest(hash, hmac(hash, salted, 'Client Key')), storedKey);
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
      const { hash } = credentials;
      const signature = hmac(hash, credentials.storedKey, auth);
      const proof = Buffer.from(proofText, 'base64');
      if (proof.length !== signature.length) return undefined;
      const clientKey = Buffer.from(proof.map((byte, index) => byte ^ (signature[index] ?? 0)));
      if (!timingSafeEqual(digest(hash, clientKey), credentials.storedKey)) return undefined;
      return `v=${hmac(hash, credentials.serverKey, auth).toString('base64')}`;
    },
  };
}
