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

/**
 * The cookie's name on this host. Browsers do not tell ports apart for cookies, so that the name does: a demo beside the real Muster
 * must not sign its browser out. Loopback has no https, so that it cannot be `Secure`; it is HttpOnly and SameSite=Strict.
 */
export function sessionCookie(host: string | undefined): string {
  return `muster_session_${/:(\d{1,5})$/.exec(host ?? '')?.[1] ?? '80'}`;
}

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
    setCookie(c, sessionCookie(c.req.header('host')), cookie, COOKIE);
    return null;
  });
  bindRoute(app, routes.deleteSession, (_input, c) => {
    const cookie = getCookie(c, sessionCookie(c.req.header('host')));
    if (cookie) sessions.end(cookie);
    deleteCookie(c, sessionCookie(c.req.header('host')), COOKIE);
    return null;
  });
}
