import { type EpochMs, SECOND_MS } from '../../domain/time.ts';
import type { AdapterContext, OwnReading, OwnStatusBundle } from '../platform.ts';
import type { ZoomClient } from './client.ts';
import { ownReadingMs } from './limits.ts';
import { meaningOf } from './mapping.ts';
import { type OwnWrite, planOwn } from './own-plan.ts';
import {
  compareDoNotDisturb,
  compareStatus,
  endOf,
  isDoNotDisturb,
  type PresenceSnapshot,
  snapshotOf,
} from './own-snapshot.ts';
import type { ZoomPlan } from './settings.ts';

/** Zoom's reference says the one, its published types the other; the one that was taken last is tried first. */
const SPELLINGS = ['Do_Not_Disturb', 'Do_No_Disturb'] as const;
const SPELLING = 'do-not-disturb-spelling';
/** What do-not-disturb covers, in Zoom's word. */
const COVERED = 'covered-status';

/** The core reads before it writes; that reading is not asked for twice. */
const JUST_NOW_MS = 2 * SECOND_MS;

/** One's own status, and where to tell that an event was about it. */
export interface OwnStatusOfZoom {
  readonly bundle: OwnStatusBundle;
  /** Zoom told that it changed. */
  notice(): void;
}

/** Reads and writes the presence of the person whose sign-in it is. */
export function ownStatusBundle(
  context: Pick<AdapterContext, 'clock' | 'memory' | 'report'>,
  client: ZoomClient,
  plan: ZoomPlan,
): OwnStatusOfZoom {
  const { clock, memory } = context;
  let last: { readonly at: EpochMs; readonly snapshot: PresenceSnapshot } | null = null;

  async function ask(signal: AbortSignal): Promise<PresenceSnapshot> {
    const presence = await client.presenceStatus('me', { signal, urgent: true });
    const now = clock.now();
    last = { at: now, snapshot: snapshotOf(presence, now) };
    return last.snapshot;
  }

  /** The last reading while it is no older than that; a do-not-disturb that has ended since is asked about anew. */
  function recent(ageMs: number): PresenceSnapshot | null {
    const now = clock.now();
    if (last === null || now - last.at >= ageMs) return null;
    const end = endOf(last.snapshot);
    return end !== null && end <= now ? null : last.snapshot;
  }

  async function write({ native, minutes }: OwnWrite, signal: AbortSignal): Promise<void> {
    last = null;
    if (minutes === null) {
      await client.setPresenceStatus({}, [native], signal);
      return;
    }
    const [usual, other] = SPELLINGS;
    const known = memory.get(SPELLING) === other ? ([other, usual] as const) : SPELLINGS;
    const taken = await client.setPresenceStatus({ duration: minutes }, known, signal);
    if (taken !== known[0]) memory.set(SPELLING, taken);
  }

  return {
    bundle: {
      busyImpliesDoNotDisturb: false,
      async read(signal) {
        return readingOf(recent(ownReadingMs(plan)) ?? (await ask(signal)));
      },
      async apply(target, signal) {
        const before = memory.get(COVERED);
        const current = recent(JUST_NOW_MS) ?? (await ask(signal));
        const todo = planOwn(target, current, typeof before === 'string' ? before : null, clock.now());
        // Kept before it is covered, so that a kill in between forgets nothing.
        if (todo.covered !== null) memory.set(COVERED, todo.covered);
        if (todo.write !== null) await write(todo.write, signal);
        if (todo.covered === null) memory.delete(COVERED);
        return { status: todo.status, doNotDisturb: todo.doNotDisturb };
      },
      compare(part, written, reading, now) {
        return part === 'status' ? compareStatus(written, reading, now) : compareDoNotDisturb(written, reading, now);
      },
    },
    notice() {
      last = null;
      context.report.ownChanged();
    },
  };
}

function readingOf(snapshot: PresenceSnapshot): OwnReading {
  const until = endOf(snapshot);
  return {
    status: { status: meaningOf(snapshot.native).status, message: null, emoji: null, until: null, snapshot },
    doNotDisturb: { active: isDoNotDisturb(snapshot.native), until, snapshot },
  };
}
