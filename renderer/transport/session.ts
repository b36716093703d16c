import { ApiError } from './api-error.ts';
import type { Call } from './client.ts';

/** The code of a one-time link (`/#…` or `/#code=…`); null when the address has none. */
export const codeOfHash = (hash: string): string | null => {
  const text = hash.replace(/^#/, '');
  const code = text.includes('=') ? (new URLSearchParams(text).get('code') ?? '') : text;
  return /^[\w.~-]{8,200}$/.test(code) ? code : null;
};

/**
 * Exchanges the link's code for the session cookie. `refused`: the link was used or is too old; an earlier session may
 * still be good. Fails with an ApiError when nobody answers.
 */
export const signIn = async (call: Call, code: string): Promise<'signed-in' | 'refused'> => {
  try {
    await call('createSession', { body: { code } });
    return 'signed-in';
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400 && error.status < 500) return 'refused';
    throw error;
  }
};
