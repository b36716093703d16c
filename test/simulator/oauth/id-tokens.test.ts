import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { IdTokenSigner } from '../../../src/simulator/oauth/id-tokens.ts';

describe('the signer of ID tokens', () => {
  it('signs what its published keys verify, and no longer with keys that were changed', async () => {
    const signer = await IdTokenSigner.create('https://issuer.example');
    const token = await signer.sign('ada', 'desktop', 'n-1', { name: 'Ada Byron' });
    const check = () =>
      jwtVerify(token, createLocalJWKSet(signer.jwks()), { issuer: 'https://issuer.example', audience: 'desktop' });
    expect((await check()).payload).toMatchObject({ sub: 'ada', nonce: 'n-1', name: 'Ada Byron' });
    await signer.rotate(true);
    await check();
    await signer.rotate();
    await expect(check()).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });
});
