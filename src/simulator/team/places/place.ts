import type { Random } from '../../people/random.ts';
import type { Place, TeamMember } from '../team.ts';

/** What one signs in with, in the words of Muster's public contract. */
export interface DemoAccount {
  readonly platform: string;
  readonly label: string;
  readonly settings: Readonly<Record<string, string | boolean | readonly string[]>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Told where Muster takes this account's events, where the platform sends some; called once Muster has the account. */
  readonly sendsTo?: (address: string) => Promise<void>;
}

/** Who signs in everywhere. */
export interface Myself {
  readonly handle: string;
  readonly first: string;
  readonly last: string;
  readonly email: string;
}

/** Something that goes wrong for a while. What `begin` answers puts it right. */
export interface Trouble {
  /** As an engineer would say it: “answers 503”. */
  readonly what: string;
  begin(): () => void | Promise<void>;
}

/** One simulated platform with its part of the team. */
export interface TeamPlace {
  readonly place: Place;
  readonly account: DemoAccount;
  /** What somebody does there, at work or not; also how they begin. */
  act(member: TeamMember, atWork: boolean, random: Random): void;
  readonly troubles: readonly Trouble[];
  close(): Promise<void>;
}
