/** Platforms of 500 people that answer at once, without sockets: for days of calls, whose number is what matters. */

/** One call as it left. */
export interface SentCall {
  readonly at: number;
  readonly verb: string;
  readonly path: string;
  readonly query: string;
  /** Whom it was about, where it was about somebody. */
  readonly about: readonly string[];
  readonly status: number;
}

/** One call as a platform takes it. */
export interface TakenCall {
  readonly verb: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
}

/** What a platform answers. */
export type Answer = (call: TakenCall) => {
  readonly json: unknown;
  readonly status?: number;
  readonly about?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
};

/** A `fetch` that answers by `answer` and remembers every call. */
export function answering(now: () => number, answer: Answer): { send: typeof fetch; calls: SentCall[] } {
  const calls: SentCall[] = [];
  const send: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    const verb = init?.method ?? 'GET';
    const body = init?.body instanceof ArrayBuffer ? Buffer.from(init.body).toString() : '';
    const taken = { verb, url, headers: new Headers(init?.headers), body };
    const { json, status = 200, about = [], headers = {} } = answer(taken);
    calls.push({ at: now(), verb, path: url.pathname, query: url.search, about, status });
    return new Response(JSON.stringify(json), {
      status,
      headers: { 'content-type': 'application/json; charset=utf-8', date: new Date(now()).toUTCString(), ...headers },
    });
  };
  return { send, calls };
}

const SLACK_SCOPES =
  'users:read,users:read.email,users.profile:read,users.profile:write,users:write,dnd:read,dnd:write,emoji:read';

/** Slack's Web API; presences come and go with the hour. Shapes: java-slack-sdk's samples. */
export function slackAnswers(people: readonly string[], now: () => number): Answer {
  const snooze = { snooze_enabled: false, snooze_endtime: 0, snooze_is_indefinite: false };
  const noSchedule = { dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 };
  const profile = {
    real_name: 'Grace',
    display_name: 'grace',
    status_text: '',
    status_emoji: '',
    status_expiration: 0,
  };
  const present = (user: string) => (Number(user.slice(-1)) + Math.floor(now() / 3_600_000)) % 2 === 0;
  return ({ url, body }) => {
    const args = new URLSearchParams(body);
    const user = args.get('user');
    const ok = (json: object) => ({
      json: { ok: true, ...json },
      about: user === null ? [] : [user],
      headers: { 'x-oauth-scopes': SLACK_SCOPES },
    });
    switch (url.pathname.slice('/api/'.length)) {
      case 'auth.test':
        return ok({ url: 'https://day.slack.com/', team: 'Day', user: 'grace', team_id: 'T1', user_id: 'U0ME' });
      case 'users.list': {
        const from = Number(args.get('cursor') || 0);
        const to = from + Math.min(200, Number(args.get('limit') ?? 200));
        const members = ['U0ME', ...people].slice(from, to).map((id) => ({
          id,
          team_id: 'T1',
          name: id.toLowerCase(),
          deleted: false,
          is_bot: false,
          tz: 'Europe/Berlin',
          profile: { ...profile, real_name: id, display_name: id },
        }));
        return ok({ members, response_metadata: { next_cursor: to > people.length ? '' : String(to) } });
      }
      case 'users.getPresence':
        return ok({ presence: user === 'U0ME' || present(user ?? '') ? 'active' : 'away', manual_away: false });
      case 'dnd.teamInfo':
        return ok({ users: Object.fromEntries((args.get('users') ?? '').split(',').map((id) => [id, noSchedule])) });
      case 'dnd.info':
        return ok({ ...noSchedule, ...snooze });
      case 'users.profile.get':
        return ok({ profile });
      case 'emoji.list':
        return ok({ emoji: {} });
      default:
        return ok({ profile, ...snooze });
    }
  };
}

/** Zoom's API by the user's own permissions. Shapes: ZoomNet's samples. */
export function zoomAnswers(people: readonly string[], now: () => number): Answer {
  const contact = (id: string) => ({ id, member_id: id, email: `${id}@day.example`, first_name: id, last_name: 'Day' });
  const present = (id: string) => (Number(id.slice(-1)) + Math.floor(now() / 3_600_000)) % 2 === 0;
  return ({ url }) => {
    const path = url.pathname.slice('/v2/'.length);
    if (path === 'users/me')
      return {
        json: {
          id: 'me',
          first_name: 'Grace',
          last_name: 'Hopper',
          email: 'grace@day.example',
          type: 1,
          account_id: 'A',
        },
      };
    if (path === 'users/me/presence_status') return { json: { status: 'Available' } };
    if (path === 'chat/users/me/contacts') {
      if (url.searchParams.get('type') === 'external') return { json: { contacts: [], next_page_token: '' } };
      const from = Number(url.searchParams.get('next_page_token') || 0);
      const to = from + Math.min(50, Number(url.searchParams.get('page_size') ?? 10));
      const contacts = people.slice(from, to).map(contact);
      return { json: { contacts, next_page_token: to >= people.length ? '' : String(to), page_size: 50 } };
    }
    const id = decodeURIComponent(path.split('/').at(-1) ?? '');
    return { json: { ...contact(id), presence_status: present(id) ? 'Available' : 'Away' }, about: [id] };
  };
}
