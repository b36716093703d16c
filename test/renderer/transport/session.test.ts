import { describe, expect, it } from 'vitest';
import { createClient } from '../../../renderer/transport/client.ts';
import { codeOfHash, signIn } from '../../../renderer/transport/session.ts';
import { createFakeApi } from '../support/fake-api.ts';

describe('one-time links', () => {
  it('finds the code behind the hash, named or alone', () => {
    expect(codeOfHash('#abcDEF_123-x')).toBe('abcDEF_123-x');
    expect(codeOfHash('#code=abcDEF_123-x')).toBe('abcDEF_123-x');
  });

  it('takes nothing else for a code', () => {
    for (const hash of ['', '#', '#top', '#other=abcdefghij', '#<script>alert']) expect(codeOfHash(hash)).toBeNull();
  });

  it('signs in once, and says when the link is refused', async () => {
    const api = createFakeApi({ people: 0, signedOut: true });
    const call = createClient({
      fetch: (address, init) => api.handle(new Request(`http://localhost${String(address)}`, init)),
    });
    expect(await signIn(call, 'used-code-123')).toBe('refused');
    expect(await signIn(call, 'good-code-123')).toBe('signed-in');
  });

  it('does not call a link refused when nobody answers', async () => {
    const call = createClient({ fetch: () => Promise.reject(new TypeError('refused')) });
    await expect(signIn(call, 'good-code-123')).rejects.toMatchObject({ code: 'unreachable' });
  });
});
