import { crc32 } from 'node:zlib';
import { FIRST_NAMES, LAST_NAMES, TITLES, ZONES } from '../people/names.ts';
import { pick, type Random, seededRandom } from '../people/random.ts';
import { STATUSES } from './statuses.ts';
import type { SlackUserSeed } from './workspace/user.ts';
import type { SlackWorkspaceState } from './workspace/workspace-state.ts';

/** What the builder is asked for. The same numbers give the same workspace at the same time of day. */
export interface BelievableOptions {
  /** Members with an account in use, the caller's own among them; deactivated ones (one in twenty) and bots (three) come on top. */
  readonly people: number;
  readonly seed?: number;
  /** The part of e-mail addresses after the @; by default from the workspace's domain. */
  readonly emailDomain?: string;
}

/** Whom the builder has added. */
export interface BelievableWorkspace {
  /** The member to sign in as: an ordinary one, active in one client. */
  readonly me: string;
  /** Members with an account in use, `me` first. */
  readonly people: readonly string[];
  readonly deactivated: readonly string[];
  readonly bots: readonly string[];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Fills a workspace with people in several time zones who are at work, away, in huddles, asleep, disturbed or not, as their local hour suggests. */
export function populateBelievably(workspace: SlackWorkspaceState, options: BelievableOptions): BelievableWorkspace {
  const random = seededRandom(options.seed ?? 1);
  const emailDomain = options.emailDomain ?? `${workspace.identity.domain}.example`;
  workspace.addCustomEmoji('pager-duty', 'https://emoji.slack-edge.com/T0SIM00001/pager-duty/5a1d2c.png');
  workspace.addCustomEmoji('harbour', 'https://emoji.slack-edge.com/T0SIM00001/harbour/88e0f1.png');
  workspace.addCustomEmoji('on-call', 'alias:pager-duty');
  const { teamId } = workspace.identity;
  const people: string[] = [];
  const deactivated: string[] = [];
  const handles = new Set<string>();
  for (let index = 0; index < options.people; index += 1) {
    const person = believablePerson(random, index, handles, emailDomain, teamId);
    workspace.addUser(person);
    people.push(person.id);
    if (index === 0) workspace.setPresence(person.id, 'active');
    else giveADay(workspace, person, random);
    if (index % 20 === 19) {
      const former = believablePerson(random, 500_000 + index, handles, emailDomain, teamId);
      workspace.addUser(former);
      workspace.deactivateUser(former.id);
      deactivated.push(former.id);
    }
  }
  const bots = ['Deploys', 'Standup', 'Calendar'].map((name, index) => {
    const id = memberId(teamId, 900_000 + index);
    workspace.addUser({ id, name: name.toLowerCase(), realName: name, kind: 'bot', alwaysActive: index !== 1 });
    return id;
  });
  const [me] = people;
  if (me === undefined) throw new RangeError('A workspace needs at least one member.');
  return { me, people, deactivated, bots };
}

type Person = SlackUserSeed & { readonly tz: string };

function believablePerson(
  random: Random,
  index: number,
  handles: Set<string>,
  emailDomain: string,
  teamId: string,
): Person {
  const first = pick(random, FIRST_NAMES);
  const last = pick(random, LAST_NAMES);
  const plain = `${first}.${last}`
    .normalize('NFD')
    .replace(/[^A-Za-z.-]/g, '')
    .toLowerCase()
    .replace(/^\./, 'm.');
  let handle = plain;
  for (let copy = 2; handles.has(handle); copy += 1) handle = `${plain}${copy}`;
  handles.add(handle);
  return {
    id: memberId(teamId, index),
    name: handle,
    realName: `${first} ${last}`,
    displayName: random() < 0.6 ? first : '',
    email: `${handle}@${emailDomain}`,
    title: pick(random, TITLES),
    tz: believableZone(random),
    isAdmin: index === 1,
    isOwner: index === 1,
    isRestricted: index > 1 && random() < 0.03,
  };
}

/** An id as Slack's look, of one workspace only: ids of two workspaces never meet. */
function memberId(teamId: string, index: number): string {
  const team = (crc32(teamId) % 36 ** 4).toString(36).padStart(4, '0');
  return `U0${team}${index.toString(36).padStart(4, '0')}`.toUpperCase();
}

function believableZone(random: Random): string {
  let left = random() * ZONES.reduce((sum, [, share]) => sum + share, 0);
  for (const [zone, share] of ZONES) {
    left -= share;
    if (left < 0) return zone;
  }
  return 'Europe/London';
}

/** Gives somebody a presence, a status, a schedule or a huddle that fit their local hour. */
function giveADay(workspace: SlackWorkspaceState, person: Person, random: Random): void {
  const now = workspace.now();
  const hour = localHour(person.tz, now);
  const working = hour >= 8.5 && hour < 18;
  const chance = random();
  if (working ? chance < 0.7 : chance < 0.08) workspace.setPresence(person.id, 'active');
  else if (chance < 0.8) {
    workspace.connectClient(person.id);
    workspace.stopActivity(person.id, now - Math.ceil(3 + 90 * random()) * MINUTE_MS);
  } else if (chance < 0.85) workspace.setPresence(person.id, 'away');
  if (random() < 0.35) {
    const { text, emoji, minutes } = pick(random, STATUSES);
    const expiresAt = minutes === null ? null : now + Math.ceil(minutes * (0.3 + 0.7 * random())) * MINUTE_MS;
    workspace.setStatus(person.id, { text, emoji, expiresAt });
  }
  if (working && random() < 0.06) workspace.startHuddle(person.id, now + HOUR_MS);
  if (random() < 0.7) {
    // The schedule that Slack proposes: notifications pause from 22:00 to 08:00 local time.
    const start = now - ((hour - 22 + 24) % 24) * HOUR_MS;
    const night = start - (start % MINUTE_MS);
    workspace.setDnd(person.id, { start: night, end: night + 10 * HOUR_MS });
  }
  if (working && random() < 0.05) workspace.setSnooze(person.id, now + 30 * MINUTE_MS);
}

const hourFormats = new Map<string, Intl.DateTimeFormat>();

function localHour(zone: string, now: number): number {
  const options = { timeZone: zone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' } as const;
  const format = hourFormats.get(zone) ?? new Intl.DateTimeFormat('en-GB', options);
  hourFormats.set(zone, format);
  const parts = new Map(format.formatToParts(now).map((part) => [part.type, part.value]));
  return Number(parts.get('hour') ?? 0) + Number(parts.get('minute') ?? 0) / 60;
}
