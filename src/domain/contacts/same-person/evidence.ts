/**
 * What speaks for two people being one, and what against it, as logarithms of likelihood ratios (Fellegi & Sunter, "A theory for record
 * linkage", 1969): how often one person's accounts look so, over how often two strangers' do.
 */
import type { Directory } from './directory.ts';
import { type Party, underOneRoof } from './party.ts';
import type { SamePersonReason } from './reason.ts';

/** One piece of evidence. `reason` is null for what only speaks against, or goes without saying. */
export interface Evidence {
  readonly weight: number;
  readonly reason: SamePersonReason | null;
}

/** How often two accounts of one person have the same picture and the same time zone. */
const SAME_PICTURE = 0.3;
const SAME_TIME_ZONE = 0.9;
const OTHER_TIME_ZONE = -1.8;
const ADDRESS_IS_EMAIL = 16;
/** An organisation gives a name before the @ to one person, for mail and for chat. */
const SAME_UNDER_ONE_ROOF = 7;
/** Most are given one for both. */
const OTHER_UNDER_ONE_ROOF = -2.5;
/** ada.byron and ada.byron2 are two people: that is what the number is for. */
const NUMBERED_UNDER_ONE_ROOF = -12;
/** Two mailboxes elsewhere: about one person in twenty shows different ones. */
const OTHER_MAILBOX = -3;
/** No single resemblance proves more than this. */
const MOST = 14;

/** The logarithm of how much likelier something is of one person than of two strangers. */
export function weightOf(ofOne: number, ofStrangers: number): number {
  return Math.min(MOST, Math.log(ofOne / ofStrangers));
}

/** What is known of two people beside their names. */
export function evidenceOf(a: Party, b: Party, directory: Directory): readonly Evidence[] {
  const found: Evidence[] = [];
  const say = (weight: number, reason: SamePersonReason | null = null) => found.push({ weight, reason });
  const address = addressAsEmail(a, b) ?? addressAsEmail(b, a);
  if (address !== null) say(ADDRESS_IS_EMAIL, { kind: 'address-equals-email', detail: address });
  else {
    const roof = underOneRoof(a, b);
    if (roof === 'same') say(SAME_UNDER_ONE_ROOF);
    if (roof === 'other') say(OTHER_UNDER_ONE_ROOF);
    if (roof === 'numbered') say(NUMBERED_UNDER_ONE_ROOF);
  }
  // None is shared, else they would be one already.
  if (a.mailboxes.size > 0 && b.mailboxes.size > 0) say(OTHER_MAILBOX);
  const picture = Math.min(1, ...shared(a.pictures, b.pictures).map((hash) => directory.picture(hash)));
  if (picture < 1) say(weightOf(SAME_PICTURE, picture), { kind: 'same-picture', detail: '' });
  if (a.zones.size > 0 && b.zones.size > 0) {
    const [zone] = shared(a.zones, b.zones);
    if (zone === undefined) say(OTHER_TIME_ZONE);
    else {
      const ofStrangers = Math.max(...[...a.profiles, ...b.profiles].map(({ name }) => directory.timeZone(zone, name)));
      say(Math.max(0, weightOf(SAME_TIME_ZONE, ofStrangers)), { kind: 'same-time-zone', detail: zone });
    }
  }
  return found;
}

const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].filter((one) => b.has(one));

function addressAsEmail(a: Party, b: Party): string | null {
  for (const { address } of a.profiles) {
    if (address && b.mailboxes.get(address.domain) === address.local) return `${address.local}@${address.domain}`;
  }
  return null;
}
