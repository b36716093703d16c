/** The scheme that the operating system hands to us, as electron-builder.yml registers it. Not the scheme of our own windows. */
export const DEEP_LINK_SCHEME = 'muster';

const PLACES: ReadonlySet<string> = new Set(['people', 'alerts', 'schedule', 'accounts', 'preferences']);

/**
 * The path of the interface that a link names: `muster://person/<id>`, `muster://people`, `muster://alerts` and so on. Null for
 * everything else. Anybody can make such a link, so it only ever shows something: no link changes a status or a setting.
 */
export function readDeepLink(text: string): string | null {
  if (!text.toLowerCase().startsWith(`${DEEP_LINK_SCHEME}:`) || text.length > 500) return null;
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.port !== '' || url.search !== '' || url.hash !== '') return null;
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  if (url.hostname === 'person') {
    const [id] = segments;
    return segments.length === 1 && id !== undefined && /^[\w-]{1,200}$/.test(id) ? `/people/${id}` : null;
  }
  return segments.length === 0 && PLACES.has(url.hostname) ? `/${url.hostname}` : null;
}
