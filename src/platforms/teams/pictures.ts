import { baseUrlOf } from '../base-url.ts';
import { mediaTypeOf } from '../media-type.ts';
import type { AdapterContext, Picture } from '../platform.ts';

const MAX_BYTES = 2 * 1024 * 1024;
const TIMEOUT_MS = 15_000;
const BUDGET = { name: 'photos', limits: 120 } as const;
const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Somebody's photo by their object id, in 96 × 96 pixels (`User.ReadBasic.All` is enough); null for people without one. A photo is
 * not worth ending a connection for: whatever goes wrong, there is none for now.
 */
export async function loadPhoto(
  context: Pick<AdapterContext, 'http' | 'tokens' | 'budget'>,
  graphUrl: string,
  userId: string,
  signal: AbortSignal,
): Promise<Picture | null> {
  if (!OBJECT_ID.test(userId)) return null;
  await context.budget(BUDGET.name, BUDGET.limits).take(signal);
  const token = await context.tokens.current(signal);
  const response = await context.http.fetch(new URL(`v1.0/users/${userId}/photos/96x96/$value`, baseUrlOf(graphUrl)), {
    headers: { authorization: `Bearer ${token}` },
    signal,
    redirect: 'error',
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
  });
  if (response.status !== 200) return null;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const mediaType = mediaTypeOf(bytes);
  return mediaType === null ? null : { bytes, mediaType };
}
