import type { AccountView, OwnStatusRequest } from '../../src/contract/index.ts';
import { Temporal } from '../../src/domain/temporal.ts';
import { type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/domain/time.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { Notifier } from '../../src/ports/notifier.ts';
import type { Muster } from '../../src/services/create-muster.ts';
import type { Words } from '../strings/en.ts';
import type { TrayCommands } from './tray-menu.ts';

/** What the commands work on. */
export type OwnStatusCommandParts = {
  readonly muster: {
    readonly ownStatus: Pick<Muster['ownStatus'], 'view' | 'set' | 'clear' | 'setDoNotDisturb' | 'clearDoNotDisturb'>;
    readonly accounts: { list(): readonly Pick<AccountView, 'id' | 'label'>[] };
  };
  readonly clock: Clock;
  readonly logger: Logger;
  readonly notifier: Notifier;
  readonly words: () => Words;
};

/**
 * Carries out what the menu was asked for. A menu is gone once it was pressed and cannot show what became of it, so that failures
 * become a notification.
 */
export function ownStatusCommands(
  parts: OwnStatusCommandParts,
): Pick<TrayCommands, 'setStatus' | 'clearStatus' | 'doNotDisturb'> {
  const { muster, clock, logger } = parts;
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work();
      await tellFailures(parts);
    } catch (thrown) {
      logger.error('a command of the tray menu failed', { cause: thrown });
    }
  };
  return {
    setStatus: (request: OwnStatusRequest) => void attempt(() => muster.ownStatus.set(request)),
    clearStatus: () => void attempt(() => muster.ownStatus.clear()),
    doNotDisturb: (length) =>
      void attempt(() => {
        switch (length) {
          case 'off':
            return muster.ownStatus.clearDoNotDisturb();
          case 'half-hour':
            return muster.ownStatus.setDoNotDisturb({ forSeconds: (30 * MINUTE_MS) / SECOND_MS });
          case 'hour':
            return muster.ownStatus.setDoNotDisturb({ forSeconds: HOUR_MS / SECOND_MS });
          case 'tomorrow':
            return muster.ownStatus.setDoNotDisturb({ until: startOfTomorrow(clock.now(), clock.timeZone()) });
        }
      }),
  };
}

/** The start of the next day in a zone, as an instant; it exists also where that midnight does not. */
export function startOfTomorrow(now: EpochMs, timeZone: string): string {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  return today.add({ days: 1 }).startOfDay().toInstant().toString();
}

async function tellFailures({ muster, notifier, words }: OwnStatusCommandParts): Promise<void> {
  const failed = muster.ownStatus.view().results.filter(({ outcome }) => outcome === 'failed');
  if (failed.length === 0) return;
  const { statusNotSet } = words();
  const labels = new Map(muster.accounts.list().map(({ id, label }) => [id, label]));
  await notifier.notify({
    id: 'status-not-set',
    title: statusNotSet.title,
    body: failed
      .map(({ accountId, detail }) => statusNotSet.body(labels.get(accountId) ?? accountId, detail))
      .join('\n'),
    contactId: null,
  });
}
