import { addMs, type EpochMs, epochMs, MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import type { Dispose } from '../../ports/clock.ts';
import type { AdapterContext, JsonValue, ObservationReport } from '../platform.ts';
import { eventSchema, type PersonEvent } from './mapping.ts';
import { People, type Person } from './people.ts';

/** For how long somebody who did something counts as active, at most. */
const ACTIVE_MS = MINUTE_MS;
/** In place of WhatsApp's words when it is only a label that ends. */
const ENDED = 'active no more';
const LABEL = { kind: 'other', detail: 'active just now' } as const;

type Context = Pick<AdapterContext, 'memory' | 'clock' | 'report' | 'isOptedOut'>;

/** Turns what WhatsApp tells into people and when they were last seen. The status is always unknown: WhatsApp does not tell it. */
export class Activity {
  readonly people: People;
  readonly #context: Context;
  /** Who is labelled as active now, and what ends it. */
  readonly #active = new Map<string, Dispose>();

  constructor(context: Context) {
    this.#context = context;
    this.people = new People(context.memory);
    this.people.dropOptedOut(context.isOptedOut);
    // Labels that a stop left behind.
    for (const id of this.people.active()) this.#end(id);
  }

  /** Takes one event; again the same is harmless. What is none of ours is dropped. */
  take(payload: JsonValue): void {
    const event = eventSchema.safeParse(payload).data;
    if (event === undefined) return;
    const id = this.people.idOf(event);
    if (id === null) return;
    const barred = this.#optedOutAs(id, event);
    if (barred !== null) {
      this.people.drop(id);
      for (const ids of [event, event.became]) if (ids !== null) this.people.recognise(barred, ids);
      return;
    }
    const before = this.people.get(id);
    const after = this.#merged(before, event);
    // Deliveries come in no order: an older one changes nothing. The same one again may have been cut short the first time.
    const older = before !== null && event.at !== null && event.at < (before.lastSeen ?? 0);
    const until = older || event.at === null ? null : addMs(instantOf(after.lastSeen) ?? epochMs(0), ACTIVE_MS);
    const active = until !== null && until > this.#context.clock.now();
    // Told before it is noted: whoever was noted is not told again when a kill comes in between.
    if (before === null || before.name !== after.name || (after.name === null && before.waId !== after.waId)) {
      this.#context.report.identities([this.people.identity(id, after)]);
    }
    this.people.save(id, { ...after, active: active || this.#active.has(id) });
    if (event.became !== null || older) return;
    if (active) this.#label(id, until, event.what);
    this.#report(id, event.what, event.at !== null && !active);
  }

  /** Ends every label. Whoever closes us may listen no more: it stays noted, and ends at the next sign-in at the latest. */
  close(): void {
    const labelled = [...this.#active.keys()];
    for (const end of this.#active.values()) end();
    this.#active.clear();
    for (const id of labelled) this.#report(id, ENDED);
  }

  /** By which of their ids they were opted out; null: by none. */
  #optedOutAs(id: string, { waId, userId }: PersonEvent): string | null {
    return [id, waId, userId].find((one) => one !== null && this.#context.isOptedOut(one)) ?? null;
  }

  #merged(before: Person | null, event: PersonEvent): Omit<Person, 'active'> {
    const now = Math.floor(this.#context.clock.now() / SECOND_MS);
    // Meta's clock may be ahead of ours: nobody is seen in the future.
    const seen = event.at === null ? null : Math.min(event.at, now);
    return {
      lastSeen: latest(before?.lastSeen ?? null, seen),
      name: event.name ?? before?.name ?? null,
      waId: event.became?.waId ?? event.waId ?? before?.waId ?? null,
      userId: event.became?.userId ?? event.userId ?? before?.userId ?? null,
    };
  }

  /** Reports what is known of the person. `late`: what they did was not just now. */
  #report(id: string, what: string, late = false): void {
    const { clock, report, isOptedOut } = this.#context;
    const person = this.people.get(id);
    if (person === null || isOptedOut(id)) return;
    const observation: ObservationReport = {
      userId: id,
      status: 'unknown',
      doNotDisturb: false,
      rawStatus: what,
      message: null,
      emoji: null,
      activities: this.#active.has(id) ? [LABEL] : [],
      lastSeen: instantOf(person.lastSeen),
      observedAt: clock.now(),
      source: 'webhook',
      replayed: late,
    };
    report.observations([observation]);
  }

  #label(id: string, until: EpochMs, what: string): void {
    this.#active.get(id)?.();
    this.#active.set(
      id,
      this.#context.clock.at(until, () => this.#end(id, what)),
    );
  }

  #end(id: string, what = ENDED): void {
    this.#active.get(id)?.();
    this.#active.delete(id);
    const person = this.people.get(id);
    if (person !== null) this.people.save(id, { ...person, active: false });
    this.#report(id, what);
  }
}

function instantOf(seconds: number | null): EpochMs | null {
  return seconds === null ? null : epochMs(seconds * SECOND_MS);
}

function latest(first: number | null, second: number | null): number | null {
  return first === null || second === null ? (first ?? second) : Math.max(first, second);
}
