import type { Permission, PlatformManifest } from '../../platforms/manifest.ts';
import type { OAuthProvider } from '../../platforms/oauth.ts';

/** Asked for, and never said to be granted: it shows by there being a refresh token. */
const NEVER_ECHOED = new Set(['offline_access']);

/**
 * The permissions that were asked for and not granted. Scopes compare without case, and a scope may come back with its resource in
 * front (`https://graph.microsoft.com/User.Read`). `granted` null: not said, which means all (RFC 6749, 5.1).
 */
export function missingPermissions(
  manifest: Pick<PlatformManifest, 'signIn'>,
  provider: Pick<OAuthProvider, 'scopes'>,
  settings: unknown,
  granted: readonly string[] | null,
): Permission[] {
  if (granted === null) return [];
  const has = new Set(granted.flatMap(spellings));
  const asked = new Set(provider.scopes(settings).flatMap(spellings));
  return manifest.signIn.permissions.filter(
    ({ scope }) =>
      !NEVER_ECHOED.has(scope) &&
      spellings(scope).some((one) => asked.has(one)) &&
      !spellings(scope).some((one) => has.has(one)),
  );
}

/** What is missing, each with what it is for: “`dnd:read` (to see do-not-disturb)”. */
export function inWords(permissions: readonly Permission[]): string {
  return permissions.map(({ scope, purpose }) => `${scope} (${purpose.replace(/\.$/, '')})`).join(', ');
}

function spellings(scope: string): string[] {
  const plain = scope.toLowerCase();
  const resource = /^https:\/\/[^/]+\/([^/]+)$/.exec(plain)?.[1];
  return resource === undefined ? [plain] : [plain, resource];
}
