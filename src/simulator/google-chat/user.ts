/** One Google user's availability, as the user's own clients and the API act on it. No HTTP. */

/** A status text with its emoji. */
export interface CustomStatus {
  readonly text: string;
  /** Null: one of the company's own, which people can choose and the API cannot show. */
  readonly emoji: string | null;
  /** Ms since the epoch; null: does not end. */
  readonly expiresAt: number | null;
}

/** What users can be set to by hand or by the API; without any of it the state follows what they do. */
type Mode =
  | { readonly kind: 'automatic' }
  | { readonly kind: 'active'; readonly until: number }
  | { readonly kind: 'away' }
  | { readonly kind: 'do-not-disturb'; readonly until: number };

/** Somebody with Google Chat. */
export class ChatUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** What their own clients see them do. */
  activity: 'active' | 'idle' | 'away' = 'active';
  readonly #now: () => number;
  #mode: Mode = { kind: 'automatic' };
  #status: CustomStatus | null = null;

  constructor(person: { id: string; name: string; email: string }, now: () => number) {
    this.id = person.id;
    this.name = person.name;
    this.email = person.email;
    this.#now = now;
  }

  get state(): 'ACTIVE' | 'IDLE' | 'AWAY' | 'DO_NOT_DISTURB' {
    const mode = this.#present();
    if (mode.kind === 'do-not-disturb') return 'DO_NOT_DISTURB';
    if (mode.kind === 'active') return 'ACTIVE';
    if (mode.kind === 'away') return 'AWAY';
    return this.activity === 'active' ? 'ACTIVE' : this.activity === 'idle' ? 'IDLE' : 'AWAY';
  }

  /** Until when; null unless it is on. */
  get doNotDisturbUntil(): number | null {
    const mode = this.#present();
    return mode.kind === 'do-not-disturb' ? mode.until : null;
  }

  get customStatus(): CustomStatus | null {
    const ends = this.#status?.expiresAt ?? null;
    if (ends !== null && ends <= this.#now()) this.#status = null;
    return this.#status;
  }

  setCustomStatus(status: CustomStatus | null): void {
    this.#status = status;
  }

  markAsActive(until: number): void {
    this.#mode = { kind: 'active', until };
  }

  markAsAway(): void {
    this.#mode = { kind: 'away' };
  }

  markAsDoNotDisturb(until: number): void {
    this.#mode = { kind: 'do-not-disturb', until };
  }

  /** “Automatic” in Chat's own menu. */
  markAsAutomatic(): void {
    this.#mode = { kind: 'automatic' };
  }

  /** What ran out becomes away, unless the user is active in Chat. */
  #present(): Mode {
    const mode = this.#mode;
    if ((mode.kind === 'active' || mode.kind === 'do-not-disturb') && mode.until <= this.#now()) {
      this.#mode = mode.kind === 'active' ? { kind: 'automatic' } : { kind: 'away' };
    }
    return this.#mode;
  }
}
