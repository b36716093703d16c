import { FIRST_NAMES, LAST_NAMES, TITLES, ZONES } from '../people/names.ts';
import { pick, type Random, seededRandom } from '../people/random.ts';

/** Where somebody can be found. `harbour` and `studio` are Slack workspaces, `xmpp` is the server of `TEAM_DOMAIN`. */
export type Place =
  | 'harbour'
  | 'studio'
  | 'xmpp'
  | 'teams'
  | 'discord'
  | 'zoom'
  | 'whatsapp'
  | 'linkedin'
  | 'google-chat';

/** Everybody's addresses end in it; on XMPP they look like the email, which Muster may only suggest to be the same person. */
export const TEAM_DOMAIN = 'harbour.example';

/** One of the demo team, on one place or several. */
export interface TeamMember {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly email: string;
  readonly title: string;
  readonly timeZone: string;
  readonly group: string;
  readonly places: readonly Place[];
}

const GROUPS = ['Engine', 'Design', 'Support', 'Sales', 'Office'] as const;

type Spread = readonly (readonly [places: readonly Place[], share: number])[];

/** How often people are on which places, in parts of a hundred: two Slack workspaces and an XMPP server. */
const WORKSPACES: Spread = [
  [['harbour'], 30],
  [['studio'], 18],
  [['xmpp'], 14],
  [['harbour', 'xmpp'], 20],
  [['harbour', 'studio'], 10],
  [['harbour', 'studio', 'xmpp'], 8],
];

/** Everywhere: some on one platform, some on five. */
const EVERYWHERE: Spread = [
  [['harbour'], 12],
  [['studio'], 6],
  [['xmpp'], 10],
  [['teams'], 6],
  [['discord'], 5],
  [['zoom'], 4],
  [['harbour', 'xmpp'], 9],
  [['harbour', 'zoom'], 8],
  [['harbour', 'teams'], 6],
  [['studio', 'discord'], 7],
  [['teams', 'zoom'], 5],
  [['harbour', 'studio', 'xmpp'], 4],
  [['harbour', 'xmpp', 'zoom', 'linkedin'], 6],
  [['harbour', 'discord', 'whatsapp'], 5],
  [['harbour', 'studio', 'discord', 'zoom', 'whatsapp'], 4],
  [['harbour', 'xmpp', 'teams', 'zoom', 'linkedin'], 3],
];

/**
 * A team of `size` people in several time zones; the same seed gives the same people. No two share a name or a handle. They are on
 * two Slack workspaces and an XMPP server, or `everywhere`.
 */
export function makeTeam(size: number, seed: number, everywhere = false): TeamMember[] {
  const random = seededRandom(seed);
  const members: TeamMember[] = [];
  const handles = new Set<string>();
  while (members.length < size) {
    const [first, last] = [pick(random, FIRST_NAMES), pick(random, LAST_NAMES)];
    const handle = handleOf(first, last);
    if (!handle || handles.has(handle)) continue;
    handles.add(handle);
    members.push({
      id: `${members.length}`,
      handle,
      name: `${first} ${last}`,
      email: `${handle}@${TEAM_DOMAIN}`,
      title: pick(random, TITLES),
      timeZone: byShare(random, ZONES),
      group: pick(random, GROUPS),
      places: byShare(random, everywhere ? EVERYWHERE : WORKSPACES),
    });
  }
  return members;
}

/** The hour of day there, with minutes as its fraction. */
export function localHour(timeZone: string, now: number): number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
  const parts = new Map(format.formatToParts(now).map((part) => [part.type, Number(part.value)]));
  return (parts.get('hour') ?? 0) + (parts.get('minute') ?? 0) / 60;
}

/** How likely somebody is at work at that hour. */
export function chanceAtWork(hour: number): number {
  if (hour < 7 || hour >= 21) return 0.06;
  if (hour < 9 || hour >= 18) return 0.35;
  return hour >= 12 && hour < 13 ? 0.55 : 0.82;
}

function handleOf(first: string, last: string): string {
  const plain = (text: string) =>
    text
      .replaceAll('ø', 'o')
      .replaceAll('Ł', 'L')
      .replaceAll('ł', 'l')
      .replaceAll('ı', 'i')
      .normalize('NFD')
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase();
  const [given, family] = [plain(first), plain(last)];
  return given && family ? `${given}.${family}` : '';
}

function byShare<Choice>(random: Random, choices: readonly (readonly [choice: Choice, share: number])[]): Choice {
  let left = random() * choices.reduce((sum, [, share]) => sum + share, 0);
  for (const [choice, share] of choices) {
    left -= share;
    if (left < 0) return choice;
  }
  throw new RangeError('Nothing to choose from.');
}
