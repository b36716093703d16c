import type { OpenAPIHono } from '@hono/zod-openapi';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { routes } from '../contract/index.ts';
import { bindRoute } from './bind-route.ts';
import { problem } from './problem.ts';

/** The browser's sign-in: one-time codes become cookies. */
export interface SessionGate {
  /** The cookie's value for a code that was given out and not used; `too-many` after too many wrong ones. */
  redeem(code: string): string | 'refused' | 'too-many';
  end(cookie: string): void;
}

/** The cookie's name. Loopback has no https, so that it cannot be `Secure`; it is HttpOnly and SameSite=Strict. */
export const SESSION_COOKIE = 'muster_session';

const COOKIE = { httpOnly: true, sameSite: 'Strict', path: '/' } as const;

/** Sign-in of browsers. */
export function bindSession(app: OpenAPIHono, sessions: SessionGate): void {
  bindRoute(app, routes.createSession, ({ body }, c) => {
    const cookie = sessions.redeem(body.code);
    if (cookie === 'too-many')
      return problem(c, 'rate-limited', 'Too many wrong links. Wait a minute.', { headers: { 'retry-after': '60' } });
    if (cookie === 'refused') {
      return problem(
        c,
        'unauthorized',
        'This link was used already or is not known. Run `muster serve --open` again for a new one.',
      );
    }
    setCookie(c, SESSION_COOKIE, cookie, COOKIE);
    return null;
  });
  bindRoute(app, routes.deleteSession, (_input, c) => {
    const cookie = getCookie(c, SESSION_COOKIE);
    if (cookie) sessions.end(cookie);
    deleteCookie(c, SESSION_COOKIE, COOKIE);
    return null;
  });
}
