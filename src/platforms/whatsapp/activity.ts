import { addMs, type EpochMs, epochMs, MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import type { Dispose } from '../../ports/clock.ts';
import type { AdapterContext, JsonValue, ObservationReport } from '../platform.ts';
import { eventSchema, type PersonEvent } from './mapping.ts';
import { People, type Person } from './people.ts';

/** For how long somebody who did something counts as active, at most. */
const ACTIVE_MS = MINUTE_MS;
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
    // Labels that a stop left behind.
    const left = context.memory.get('active');
    context.memory.delete('active');
    for (const id of Array.isArray(left) ? left : []) if (typeof id === 'string') this.#report(id, 'active no more');
  }

  /** Takes one event; again the same is harmless. What is none of ours is dropped. */
  take(payload: JsonValue): void {
    const event = eventSchema.safeParse(payload).data;
    if (event === undefined) return;
    const id = this.people.idOf(event);
    if (id === null) return;
    if (this.#isOptedOut(id, event)) {
      this.people.drop(id);
      return;
    }
    const before = this.people.get(id);
    const after = this.#merged(before, event);
    this.people.save(id, after);
    if (before === null || before.name !== after.name || (after.name === null && before.waId !== after.waId)) {
      this.#context.report.identities([this.people.identity(id, after)]);
    }
    if (event.became !== null) return;
    // Deliveries come in no order: an older one changes nothing.
    const older = before !== null && event.at !== null && event.at <= (before.lastSeen ?? -1);
    if (!older) this.#report(id, event.what, event.at);
  }

  /** Ends every label. Whoever closes us may listen no more: who had one stays noted, and loses it at the next sign-in at the latest. */
  close(): void {
    const noted = this.#context.memory.get('active');
    for (const id of [...this.#active.keys()]) this.#end(id);
    if (noted !== undefined) this.#context.memory.set('active', noted);
  }

  #isOptedOut(id: string, { waId, userId }: PersonEvent): boolean {
    return [id, waId, userId].some((one) => one !== null && this.#context.isOptedOut(one));
  }

  #merged(before: Person | null, event: PersonEvent): Person {
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

  /** Reports what is known of the person; `at`: what they did just now, in Unix seconds. */
  #report(id: string, what: string, at: number | null = null): void {
    const { clock, report, isOptedOut } = this.#context;
    const person = this.people.get(id);
    if (person === null || isOptedOut(id)) return;
    const now = clock.now();
    const seen: EpochMs | null = person.lastSeen === null ? null : epochMs(person.lastSeen * SECOND_MS);
    const until = seen === null ? now : addMs(seen, ACTIVE_MS);
    const active = at !== null && until > now;
    const observation: ObservationReport = {
      userId: id,
      status: 'unknown',
      doNotDisturb: false,
      rawStatus: what,
      message: null,
      emoji: null,
      activities: active || (at === null && this.#active.has(id)) ? [LABEL] : [],
      lastSeen: seen,
      observedAt: now,
      source: 'webhook',
      replayed: at !== null && !active,
    };
    if (active) this.#label(id, until, what);
    report.observations([observation]);
  }

  #label(id: string, until: EpochMs, what: string): void {
    this.#active.get(id)?.();
    const end = this.#context.clock.at(until, () => this.#end(id, what));
    this.#active.set(id, end);
    this.#context.memory.set('active', [...this.#active.keys()]);
  }

  #end(id: string, what = 'active no more'): void {
    this.#active.get(id)?.();
    this.#active.delete(id);
    this.#context.memory.set('active', [...this.#active.keys()]);
    this.#report(id, what);
  }
}

function latest(first: number | null, second: number | null): number | null {
  return first === null || second === null ? (first ?? second) : Math.max(first, second);
}
