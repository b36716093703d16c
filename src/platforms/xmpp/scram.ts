import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** The mechanism that this file adds to those of the library. */
export const SCRAM_SHA_256 = 'SCRAM-SHA-256';

/** A password is worth some work, but no server may keep us busy for minutes. */
const MOST_ITERATIONS = 1_000_000;
const NO_CHANNEL_BINDING = 'n,,';

const stretch = promisify(pbkdf2);
const hmac = (key: Uint8Array, text: string) => createHmac('sha256', key).update(text).digest();

/**
 * SCRAM-SHA-256 (RFC 5802, RFC 7677) as the library's mechanisms are made: `response` and `challenge` in turn. Unlike the library's
 * SCRAM-SHA-1 it holds the server to its part: the nonce has to go on from ours, and `accepts` tells whether the server knew the password.
 */
export class ScramSha256 {
  readonly name = SCRAM_SHA_256;
  readonly clientFirst = true;
  readonly #nonce: string;
  #first = '';
  #challenge: string | null = null;
  #serverSignature: Buffer | null = null;

  /** `nonce` is given by tests alone. */
  constructor(nonce = randomBytes(24).toString('base64')) {
    this.#nonce = nonce;
  }

  /** What to say next; rejects when the server's challenge is none. */
  async response({ username, password }: { readonly username: string; readonly password: string }): Promise<string> {
    if (this.#challenge === null) {
      const name = username.replaceAll('=', '=3D').replaceAll(',', '=2C');
      this.#first = `n=${name},r=${this.#nonce}`;
      return `${NO_CHANNEL_BINDING}${this.#first}`;
    }
    const { nonce, salt, iterations } = this.#parsed(this.#challenge);
    const salted = await stretch(password.normalize('NFKC'), salt, iterations, 32, 'sha256');
    const clientKey = hmac(salted, 'Client Key');
    const storedKey = createHash('sha256').update(clientKey).digest();
    const withoutProof = `c=${Buffer.from(NO_CHANNEL_BINDING).toString('base64')},r=${nonce}`;
    const message = `${this.#first},${this.#challenge},${withoutProof}`;
    const signature = hmac(storedKey, message);
    const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)));
    this.#serverSignature = hmac(hmac(salted, 'Server Key'), message);
    return `${withoutProof},p=${proof.toString('base64')}`;
  }

  challenge(text: string): void {
    this.#challenge = text;
  }

  /** Whether the server's last word proves that it knows the password too. */
  accepts(text: string): boolean {
    const given = Buffer.from(/^v=([A-Za-z0-9+/=]+)/.exec(text)?.[1] ?? '', 'base64');
    const expected = this.#serverSignature;
    return expected !== null && given.length === expected.length && timingSafeEqual(given, expected);
  }

  #parsed(challenge: string): { nonce: string; salt: Buffer; iterations: number } {
    const [, nonce = '', salt = '', count = ''] = /^r=([^,]+),s=([A-Za-z0-9+/=]+),i=(\d{1,9})/.exec(challenge) ?? [];
    const iterations = Number(count);
    const goesOn = nonce.startsWith(this.#nonce) && nonce.length > this.#nonce.length;
    if (!goesOn || iterations < 1 || iterations > MOST_ITERATIONS) throw new TypeError('not a SCRAM challenge');
    return { nonce, salt: Buffer.from(salt, 'base64'), iterations };
  }
}
