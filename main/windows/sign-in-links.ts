import { oauthStartSchema, routes } from '../../src/contract/index.ts';
import type { ApiFetch } from '../interface/interface-session.ts';

/** More sign-ins than this are never under way at once. */
const KEPT = 20;

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * The pages on which sign-ins go on. Their hosts are the user's own (a tenant's, a gateway's), so that no list can know them: what may
 * be opened is what the core itself handed out to one of our windows.
 */
export class SignInLinks {
  readonly #links = new Set<string>();

  /** The API as our windows see it, listened to for the pages that it hands out. */
  listenTo(api: ApiFetch): ApiFetch {
    return async (request) => {
      const response = await api(request);
      const begins = request.method === 'POST' && new URL(request.url).pathname === routes.startOAuth.path;
      if (begins && response.ok) this.#keep(await response.clone().json());
      return response;
    };
  }

  /** The link as it may be handed to the system; null when the core did not hand it out. */
  allowed(address: string): string | null {
    const url = URL.parse(address);
    return url !== null && this.#links.has(url.href) ? url.href : null;
  }

  #keep(answer: unknown): void {
    const start = oauthStartSchema.safeParse(answer);
    const url = start.success ? URL.parse(start.data.authorizationUrl) : null;
    if (url === null || url.username !== '' || url.password !== '') return;
    // Plain http never leaves this computer: servers for tests, gateways.
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname))) return;
    this.#links.add(url.href);
    const [oldest] = this.#links;
    if (this.#links.size > KEPT && oldest !== undefined) this.#links.delete(oldest);
  }
}
