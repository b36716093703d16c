import { z } from 'zod';

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** True for an address on this machine, where plain http is allowed (test servers, gateways). */
export function isLoopback(url: URL): boolean {
  return LOOPBACK.has(url.hostname);
}

/** Where a platform's API is, in settings: for national clouds, gateways and test servers. https, except on this machine. */
export const baseUrlSchema = z.url({ protocol: /^https?$/ }).refine(
  (text) => {
    const url = URL.parse(text);
    return url !== null && (url.protocol === 'https:' || isLoopback(url)) && url.search === '' && url.hash === '';
  },
  { error: 'Needs https, except on this machine; without a query.' },
);

/** The address with a slash at its end, so that paths can be put behind it. */
export function baseUrlOf(text: string): URL {
  return new URL(text.endsWith('/') ? text : `${text}/`);
}
