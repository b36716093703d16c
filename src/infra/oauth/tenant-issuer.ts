import { z } from 'zod';
import type { HttpClient } from '../../ports/http-client.ts';
import type { OAuthApp } from '../../ports/oauth-client.ts';

/** In an issuer: the tenant that the ID token names as its `tid` (Microsoft Entra, whose address for many tenants has one issuer each). */
const TENANT = '{tenantid}';

const answerSchema = z.looseObject({ id_token: z.string() });
const claimsSchema = z.looseObject({ tid: z.guid() });

/** Whether the app's server has an issuer for each tenant. */
export function isTemplate(issuer: string | null): boolean {
  return issuer?.includes(TENANT) ?? false;
}

/**
 * Runs a token request of an app whose issuer is known only from the answer: the library compares with one that is fixed before. The
 * answer is fetched once, its tenant is read, and the request runs again over the same answer with that issuer, so that the ID token is checked in full.
 */
export async function withIssuer<T>(
  app: OAuthApp,
  http: HttpClient,
  run: (app: OAuthApp, http: HttpClient) => Promise<T>,
): Promise<T> {
  const { server } = app;
  if (!isTemplate(server.issuer)) return run(app, http);
  const seen: { response: Response; issuer: string }[] = [];
  const looking: HttpClient = {
    fetch: async (input, init) => {
      const response = await http.fetch(input, init);
      if (String(input) !== server.token) return response;
      const tenant = await tenantOf(response.clone());
      if (tenant === null) return response;
      seen.push({ response, issuer: server.issuer?.replace(TENANT, tenant) ?? '' });
      throw new Error('The tenant is known now.');
    },
  };
  try {
    return await run(app, looking);
  } catch (thrown) {
    const [first] = seen;
    if (first === undefined) throw thrown;
    const replaying: HttpClient = {
      fetch: (input, init) =>
        String(input) === server.token ? Promise.resolve(first.response) : http.fetch(input, init),
    };
    return run({ ...app, server: { ...server, issuer: first.issuer } }, replaying);
  }
}

/** The tenant of an answer's ID token, not checked yet; null without one. */
async function tenantOf(response: Response): Promise<string | null> {
  const answer = answerSchema.safeParse(await response.json().catch(() => null));
  const payload = answer.success ? answer.data.id_token.split('.')[1] : undefined;
  if (payload === undefined) return null;
  try {
    return claimsSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).tid;
  } catch {
    return null;
  }
}
