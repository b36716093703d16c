/** Requests of a page to its host: name and value, as `HOST_REQUESTS` has them. */
export const HOST_CHANNEL = 'muster-host';

/** The host asks a page to show a path. */
export const NAVIGATE_CHANNEL = 'muster-navigate';

/** The argument of a renderer process that tells which kind of window it is. */
export const KIND_ARGUMENT = '--muster-window=';
