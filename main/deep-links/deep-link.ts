const PLACES: ReadonlySet<string> = new Set(['people', 'alerts', 'schedule', 'accounts', 'preferences']);

/** The scheme that the operating system hands to us, as electron-builder.yml registers it; not the scheme of our own windows. */
const LINK = /^muster:\/\/(?<place>[a-z]+)(?:\/(?<id>[\w-]{1,200}))?\/?$/i;

/**
 * The path of the interface that a link names: `muster://person/<id>`, `muster://people`, `muster://alerts` and so on. Null for
 * everything else. Anybody can make such a link, so it only ever shows something: no link changes a status or a setting.
 */
export function readDeepLink(text: string): string | null {
  const { place, id } = LINK.exec(text)?.groups ?? {};
  const name = place?.toLowerCase() ?? '';
  if (name === 'person') return id === undefined ? null : `/people/${id}`;
  return id === undefined && PLACES.has(name) ? `/${name}` : null;
}
