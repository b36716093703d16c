import { z } from 'zod';

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** True for an address on this machine, where plain http is allowed (test servers, gateways). */
export function isLoopback(url: URL): boolean {
  return LOOPBACK.has(url.hostname);
}

/** Settings are stored, shown and exported: no place for what opens anything. */
export function holdsCredentials(url: URL): boolean {
  return url.username !== '' || url.password !== '';
}

/** Where a platform's API is, in settings: for national clouds, gateways and test servers. https, except on this machine. */
export const baseUrlSchema = z.url({ protocol: /^https?$/ }).refine(
  (text) => {
    const url = URL.parse(text);
    const encrypted = url !== null && (url.protocol === 'https:' || isLoopback(url));
    return encrypted && url.search === '' && url.hash === '' && !holdsCredentials(url);
  },
  { error: 'Needs https, except on this machine; without a query, a user name or a password.' },
);

/** The address with a slash at its end, so that paths can be put behind it. */
export function baseUrlOf(text: string): URL {
  return new URL(text.endsWith('/') ? text : `${text}/`);
}
