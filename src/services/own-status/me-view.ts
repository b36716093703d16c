import type { IntentView, MeView, PublicationView } from '../../contract/schemas/me.ts';
import type { Intent } from '../../domain/own-status/intent.ts';
import type { Resolution } from '../../domain/own-status/resolve.ts';
import type { Status } from '../../domain/presence/status.ts';
import type { Schedule } from '../../domain/schedule/schedule.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { OwnReading } from '../../platforms/platform.ts';
import { iso, isoOrNull } from '../iso.ts';
import type { PublicationResult } from './account-publisher.ts';

/** A wish as the contract shows it. */
export function intentView(intent: Intent): IntentView {
  return {
    id: intent.id,
    layer: intent.layer,
    status: intent.status,
    message: intent.message,
    emoji: intent.emoji,
    createdAt: iso(intent.createdAt),
    until: isoOrNull(intent.expiresAt),
    origin: { ...intent.origin },
    accounts: intent.accountIds === null ? null : [...intent.accountIds],
  };
}

/** What became of the wish on one account. */
export function publicationView(
  accountId: string,
  platform: string,
  result: PublicationResult,
  reading: { readonly at: EpochMs; readonly value: OwnReading } | null,
): PublicationView {
  const status = reading?.value.status;
  return {
    accountId,
    platform,
    outcome: result.outcome,
    detail: result.detail,
    retryAt: isoOrNull(result.retryAt),
    observed:
      reading && status
        ? {
            status: status.status,
            message: status.message,
            emoji: status.emoji,
            until: isoOrNull(status.until),
            doNotDisturb: reading.value.doNotDisturb.active,
            at: iso(reading.at),
          }
        : null,
  };
}

type Layer = MeView['layers'][number];

/** Why I am what I am: every layer that has a wish, and the schedules that are next. */
export function meView(facts: {
  readonly resolution: Resolution;
  readonly status: Status;
  readonly results: readonly PublicationView[];
  readonly upcoming: readonly { readonly schedule: Schedule; readonly begins: EpochMs }[];
  readonly nextTransition: EpochMs | null;
}): MeView {
  const { resolution } = facts;
  const { doNotDisturb } = resolution;
  const layers = [...statusLayers(resolution), ...doNotDisturbLayers(resolution), ...upcomingLayers(facts.upcoming)];
  return {
    intent: resolution.winner ? intentView(resolution.winner) : null,
    status: facts.status,
    layers,
    doNotDisturb: {
      active: doNotDisturb.active,
      until: doNotDisturb.active ? isoOrNull(doNotDisturb.until) : null,
      origin: doNotDisturb.winner ? { ...doNotDisturb.winner.origin } : null,
      nextTransition: isoOrNull(facts.nextTransition),
    },
    results: [...facts.results],
  };
}

function statusLayers(resolution: Resolution): Layer[] {
  return resolution.layers.flatMap((state): Layer[] => {
    const { intent } = state;
    if (!intent || state.reason === 'expired') return [];
    const beside = resolution.doNotDisturb.wishes.some(
      (wish) => wish.intent.active && (wish.intent.origin.id === intent.id || wish.intent.id === intent.id),
    );
    return [
      {
        layer: state.layer,
        won: state.won,
        active: true,
        status: intent.status,
        doNotDisturb: beside,
        message: intent.message,
        emoji: intent.emoji,
        until: isoOrNull(intent.expiresAt),
        begins: null,
        origin: { ...intent.origin },
      },
    ];
  });
}

/** Do-not-disturb that no status came with has a line of its own. */
function doNotDisturbLayers(resolution: Resolution): Layer[] {
  return resolution.doNotDisturb.wishes.flatMap(({ intent, won }): Layer[] => {
    const shown = resolution.layers.some(
      (state) => state.intent !== null && (state.intent.id === intent.id || state.intent.id === intent.origin.id),
    );
    if (shown) return [];
    return [
      {
        layer: intent.layer,
        won,
        active: true,
        status: null,
        doNotDisturb: intent.active,
        message: null,
        emoji: null,
        until: isoOrNull(intent.expiresAt),
        begins: null,
        origin: { ...intent.origin },
      },
    ];
  });
}

function upcomingLayers(upcoming: readonly { readonly schedule: Schedule; readonly begins: EpochMs }[]): Layer[] {
  return upcoming.map(({ schedule, begins }) => ({
    layer: 'schedule',
    won: false,
    active: false,
    status: schedule.status,
    doNotDisturb: schedule.doNotDisturb,
    message: schedule.message,
    emoji: schedule.emoji,
    until: null,
    begins: iso(begins),
    origin: { kind: 'schedule', id: schedule.id, name: schedule.name },
  }));
}
