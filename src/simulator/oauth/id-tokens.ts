import type { webcrypto } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

interface Key {
  readonly kid: string;
  readonly privateKey: webcrypto.CryptoKey;
  readonly publicJwk: JWK;
}

/** Signs ID tokens (RS256) for platforms that are OpenID providers, and changes its keys when told to. */
export class IdTokenSigner {
  readonly #issuer: string;
  readonly #now: () => number;
  #keys: readonly Key[] = [];
  #nextKid = 1;

  private constructor(issuer: string, now: () => number) {
    this.#issuer = issuer;
    this.#now = now;
  }

  /** `now` in ms since the epoch. */
  static async create(issuer: string, now: () => number = Date.now): Promise<IdTokenSigner> {
    const signer = new IdTokenSigner(issuer, now);
    await signer.rotate();
    return signer;
  }

  /** What the platform serves at its `jwks_uri`. */
  jwks(): { keys: JWK[] } {
    return { keys: this.#keys.map((key) => key.publicJwk) };
  }

  /** From now on tokens are signed with a new key; `keepOld` leaves the earlier ones published. */
  async rotate(keepOld = false): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const kid = `key-${this.#nextKid++}`;
    const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' };
    this.#keys = [{ kid, privateKey, publicJwk }, ...(keepOld ? this.#keys : [])];
  }

  /** An ID token about a user for an app (OpenID Connect Core, 2), good for an hour. `nonce` goes in when the request had one. */
  async sign(subject: string, clientId: string, nonce: string | null, claims: Record<string, unknown> = {}) {
    const key = this.#keys[0];
    if (!key) throw new Error('The signer has no key.');
    const seconds = Math.floor(this.#now() / 1000);
    return await new SignJWT({ ...claims, ...(nonce === null ? {} : { nonce }) })
      .setProtectedHeader({ alg: 'RS256', kid: key.kid })
      .setIssuer(this.#issuer)
      .setSubject(subject)
      .setAudience(clientId)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + 3600)
      .sign(key.privateKey);
  }
}
