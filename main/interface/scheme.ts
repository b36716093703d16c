import type { Protocol } from 'electron';

/** The private scheme that our windows are served on. Not the deep links' `muster:`: nothing outside can name it. */
export const INTERFACE_SCHEME = 'muster-app';

/** The origin of every page of ours. */
export const INTERFACE_ORIGIN = `${INTERFACE_SCHEME}://interface`;

/**
 * Makes the scheme a real origin: with storage, fetch, event streams, and counted as secure, which locks and broadcast channels
 * need. Electron takes it only before `ready`.
 */
export function registerInterfaceScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: INTERFACE_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

/** Whether an address is a page of ours. */
export function isInterfaceUrl(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${INTERFACE_SCHEME}:` && url.host === 'interface';
}
