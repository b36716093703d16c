import { epochMs } from '../../domain/time.ts';
import type { AdapterContext, OwnReading, OwnStatusBundle } from '../platform.ts';
import { cloudOf } from './clouds.ts';
import type { Graph } from './graph.ts';
import type { TeamsSettings } from './manifest.ts';
import { judged } from './mapping.ts';
import { OwnSession } from './own-session.ts';
import { compareDnd, compareStatus, isSessionless, presenceSnapshotOf, statusSnapshotOf } from './own-snapshot.ts';
import { OwnWriter } from './own-writer.ts';
import type { GraphPresence } from './schema.ts';
import { plainTextOf } from './text.ts';

/** One's own status, and the session that it may need. */
export interface OwnStatus {
  readonly bundle: OwnStatusBundle;
  readonly session: OwnSession;
}

/** Reads and writes the presence of the person who is signed in. */
export function ownStatus(context: AdapterContext<TeamsSettings>, graph: Graph, selfId: string): OwnStatus {
  const { clientId } = context.settings;
  const session = new OwnSession(context, graph, selfId, clientId);
  const writer = new OwnWriter({
    context,
    graph,
    session,
    selfId,
    statusMessages: !cloudOf(context.settings).national,
  });

  /** The last client may have gone while something of ours is to be shown: then Muster's own session takes over. */
  async function seen(signal: AbortSignal): Promise<GraphPresence> {
    const presence = await graph.myPresence({ signal, urgent: true });
    const ours = writer.preferred();
    const shows = { availability: presence.availability ?? '', activity: presence.activity ?? '' };
    const wanted = ours !== null && ours.availability !== 'Offline' && ours.until > context.clock.now();
    if (!wanted || !isSessionless(shows)) return presence;
    await session.begin(signal);
    return graph.myPresence({ signal, urgent: true });
  }

  async function read(signal: AbortSignal): Promise<OwnReading> {
    const presence = await seen(signal);
    const ours = writer.preferred();
    const { status, doNotDisturb } = judged(presence.availability, presence.activity);
    const snapshot = statusSnapshotOf(presence, ours, context.clock.now());
    const ends = snapshot.ours === null ? null : epochMs(snapshot.ours.until);
    return {
      status: {
        status,
        message: plainTextOf(snapshot.content, snapshot.contentType),
        emoji: null,
        until: snapshot.messageEnds === null ? ends : epochMs(snapshot.messageEnds),
        snapshot,
      },
      doNotDisturb: {
        active: doNotDisturb,
        until: doNotDisturb ? ends : null,
        snapshot: presenceSnapshotOf(presence, ours),
      },
    };
  }

  return {
    session,
    bundle: {
      busyImpliesDoNotDisturb: false,
      read,
      apply: (target, signal) => writer.apply(target, signal),
      compare: (part, written, reading, now) =>
        part === 'status' ? compareStatus(written, reading, now) : compareDnd(written, reading, now),
    },
  };
}
