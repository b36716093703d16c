import { pick, type Random, seededRandom } from '../people/random.ts';
import { STATUSES } from '../slack/statuses.ts';
import type { SlackWorkspaceState } from '../slack/workspace/workspace-state.ts';
import type { TeamPlace } from './places/place.ts';
import { chanceAtWork, localHour, type TeamMember } from './team.ts';
import { slackId, type TeamServers } from './team-servers.ts';

const MINUTE_MS = 60_000;
const SAYINGS = [undefined, undefined, 'Back at two', 'Writing, please knock', 'Lunch', 'Ask me anything'] as const;

/**
 * Lets the demo team live: everybody begins as their local hour suggests, then `pace` changes a minute happen somewhere. One of
 * them, the regular, comes and goes on XMPP about every half minute, so that whoever waits for an alert soon gets one.
 */
export class TeamLife {
  readonly regular: TeamMember;
  readonly #servers: TeamServers;
  readonly #random: Random;
  readonly #timers: NodeJS.Timeout[] = [];
  #regularIsHere = true;

  constructor(servers: TeamServers, seed: number) {
    this.#servers = servers;
    this.#random = seededRandom(seed);
    const regular = servers.members.find((member) => member.places.length === 1 && member.places[0] === 'xmpp');
    if (!regular) throw new RangeError('Nobody of this team is on XMPP alone.');
    this.regular = regular;
  }

  start(pace: number): void {
    for (const member of this.#servers.members) this.#begin(member);
    this.#servers.xmpp.setPresence(this.regular.handle, 'desk', { priority: 5, status: 'At my desk' });
    if (pace <= 0) return;
    this.#timers.push(setInterval(() => this.#change(), MINUTE_MS / pace));
    this.#timers.push(setInterval(() => this.#comeOrGo(), MINUTE_MS / Math.max(4, pace / 5)));
  }

  stop(): void {
    for (const timer of this.#timers.splice(0)) clearInterval(timer);
  }

  #begin(member: TeamMember): void {
    const now = Date.now();
    const hour = localHour(member.timeZone, now);
    const atWork = this.#random() < chanceAtWork(hour);
    for (const [workspace, id] of this.#slackSeats(member)) {
      if (atWork) workspace.setPresence(id, 'active');
      // The schedule that Slack proposes: no notifications from 22:00 to 08:00 local time.
      const night = now - ((((hour - 22 + 24) % 24) * 60) | 0) * MINUTE_MS;
      if (this.#random() < 0.6) workspace.setDnd(id, { start: night, end: night + 600 * MINUTE_MS });
      if (this.#random() < 0.4) this.#setStatus(workspace, id);
    }
    if (member.places.includes('xmpp') && atWork) this.#speak(member);
    for (const place of this.#othersOf(member)) place.act(member, atWork, this.#random);
  }

  #change(): void {
    const member = pick(this.#random, this.#servers.members);
    if (member.id === this.regular.id) return;
    const atWork = this.#random() < chanceAtWork(localHour(member.timeZone, Date.now()));
    const seats = this.#slackSeats(member);
    const others = this.#othersOf(member);
    if (others.length > 0 && (others.length === member.places.length || this.#random() < 0.5)) {
      pick(this.#random, others).act(member, atWork, this.#random);
      return;
    }
    if (member.places.includes('xmpp') && (seats.length === 0 || this.#random() < 0.5)) {
      if (atWork) this.#speak(member);
      else this.#signOff(member);
      return;
    }
    const [workspace, id] = pick(this.#random, seats);
    const chance = this.#random();
    if (chance < 0.45) workspace.setPresence(id, atWork ? 'active' : 'away');
    else if (chance < 0.75) this.#setStatus(workspace, id);
    else if (chance < 0.85) workspace.clearStatus(id);
    else if (workspace.user(id).huddleUntil === null && atWork) {
      workspace.setPresence(id, 'active');
      workspace.startHuddle(id, Date.now() + 10 * MINUTE_MS);
    } else workspace.endHuddle(id);
  }

  #comeOrGo(): void {
    this.#regularIsHere = !this.#regularIsHere;
    if (this.#regularIsHere)
      this.#servers.xmpp.setPresence(this.regular.handle, 'desk', { priority: 5, status: 'Here again' });
    else this.#signOff(this.regular);
  }

  #signOff(member: TeamMember): void {
    const { xmpp } = this.#servers;
    if (xmpp.sessions(member.handle).some((session) => session.resource === 'desk'))
      xmpp.goOffline(member.handle, 'desk');
  }

  #othersOf(member: TeamMember): TeamPlace[] {
    return this.#servers.others.filter(({ place }) => member.places.includes(place));
  }

  #slackSeats(member: TeamMember): (readonly [SlackWorkspaceState, string])[] {
    return (['harbour', 'studio'] as const)
      .filter((place) => member.places.includes(place))
      .map((place) => [this.#servers.slack[place].workspace, slackId(place, member.id)]);
  }

  #setStatus(workspace: SlackWorkspaceState, id: string): void {
    const { text, emoji, minutes } = pick(this.#random, STATUSES);
    const known = emoji === ':pager-duty:' ? ':fire:' : emoji;
    workspace.setStatus(id, {
      text,
      emoji: known,
      expiresAt: minutes === null ? null : Date.now() + minutes * MINUTE_MS,
    });
  }

  #speak(member: TeamMember): void {
    const show = pick(this.#random, [undefined, undefined, undefined, 'chat', 'away', 'xa', 'dnd'] as const);
    const status = pick(this.#random, SAYINGS);
    const idle = show === undefined && this.#random() < 0.2;
    this.#servers.xmpp.setPresence(member.handle, 'desk', {
      priority: 5,
      ...(show ? { show } : {}),
      ...(status ? { status } : {}),
      ...(idle ? { idleSince: Date.now() - Math.ceil(30 * this.#random()) * MINUTE_MS } : {}),
    });
  }
}
