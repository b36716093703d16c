import { z } from 'zod';
import { MusterError } from '../../domain/errors.ts';
import type { AdapterContext } from '../platform.ts';
import { authUrlOf, type ZoomSettings } from './settings.ts';

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 64 * 1_024;

const answerSchema = z.object({ access_token: z.string().min(1) });

/**
 * The app's own token, which the event socket takes in place of a user's: grant `client_credentials` under the app's id and secret
 * (developers.zoom.us/docs/api/websockets). Good for an hour; asked for each time a socket is opened.
 */
export async function appToken(
  context: Pick<AdapterContext<ZoomSettings>, 'http' | 'settings'>,
  clientSecret: string,
  signal: AbortSignal,
): Promise<string> {
  const { settings, http } = context;
  const proof = Buffer.from(`${settings.clientId}:${clientSecret}`).toString('base64');
  const response = await http.fetch(new URL('token', authUrlOf(settings)), {
    method: 'POST',
    redirect: 'error',
    signal,
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    headers: {
      accept: 'application/json',
      authorization: `Basic ${proof}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  const text = await response.text();
  if (response.status >= 500 || response.status === 429) {
    throw new MusterError('platform-unavailable', 'Zoom gives no token for the event socket at the moment.');
  }
  if (!response.ok) {
    // The user's own sign-in is well: only the socket stays closed.
    throw new MusterError('credentials-refused', 'Zoom does not accept the app’s Client ID and client secret.', {
      params: { status: response.status },
      retry: 'never',
    });
  }
  const answer = answerSchema.safeParse(parsedJson(text)).data;
  if (answer === undefined)
    throw new MusterError('protocol-error', 'Zoom’s answer about the app’s token is not readable.');
  return answer.access_token;
}

/** Undefined for what is no JSON. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
