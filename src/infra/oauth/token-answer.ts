import { z } from 'zod';
import { MusterError } from '../../domain/errors.ts';
import type { OAuthApp, OAuthTokens } from '../../ports/oauth-client.ts';

/**
 * A token answer as platforms really give it: some leave `token_type` out (LinkedIn), write lifetimes as text, or separate scopes by
 * commas (RFC 6749, 5.1 wants none of it).
 */
const answerSchema = z.looseObject({
  access_token: z.string().min(1),
  token_type: z.string().optional(),
  expires_in: z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).nullish(),
  refresh_token: z.string().min(1).nullish(),
  scope: z.union([z.string(), z.array(z.string()).transform((scopes) => scopes.join(' '))]).nullish(),
});

/** What came, in the standard's own shape, for the library to check. A refusal stays as it is. */
export async function standardAnswer(app: OAuthApp, response: Response): Promise<Response> {
  if (response.status < 200 || response.status > 299) return response;
  const answer = await jsonOf(response);
  const read = app.readTokens ? fromReader(app.readTokens(answer)) : answerSchema.safeParse(answer).data;
  // Not tokens: the library says what it is.
  const body = read ? standard(read, app.openId ? idTokenIn(answer) : null) : answer;
  return new Response(JSON.stringify(body), {
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}

/** The library's answer as tokens. */
export function tokensOf(answer: {
  readonly access_token: string;
  readonly refresh_token?: string | undefined;
  readonly expires_in?: number | undefined;
  readonly scope?: string | undefined;
}): OAuthTokens {
  const scopes = answer.scope?.split(/[\s,]+/).filter((scope) => scope !== '');
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? null,
    expiresInSeconds: answer.expires_in ?? null,
    // Some answer an empty text where they mean nothing at all.
    scopes: scopes && scopes.length > 0 ? scopes : null,
  };
}

function fromReader(tokens: OAuthTokens): z.infer<typeof answerSchema> {
  return {
    access_token: tokens.accessToken,
    refresh_token: tokens.refreshToken,
    expires_in: tokens.expiresInSeconds,
    scope: tokens.scopes?.join(' '),
  };
}

/** Looked at only where it was asked for. */
function idTokenIn(answer: unknown): string | null {
  return z.looseObject({ id_token: z.string() }).safeParse(answer).data?.id_token ?? null;
}

function standard(read: z.infer<typeof answerSchema>, idToken: string | null): Record<string, unknown> {
  return {
    access_token: read.access_token,
    // Platforms that call a token something else (Slack: `user`) use it as a bearer all the same.
    token_type: 'bearer',
    ...(typeof read.expires_in === 'number' && read.expires_in > 0 ? { expires_in: read.expires_in } : {}),
    ...(read.refresh_token ? { refresh_token: read.refresh_token } : {}),
    ...(read.scope ? { scope: read.scope } : {}),
    ...(idToken === null ? {} : { id_token: idToken }),
  };
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw new MusterError('protocol-error', 'The sign-in service did not answer with JSON.', {
      params: { answered: true },
    });
  }
}
