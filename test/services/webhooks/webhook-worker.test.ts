import { expect, it } from 'vitest';
import type { Connection } from '../../../src/platforms/platform.ts';
import type { WebhookRepository } from '../../../src/ports/repositories.ts';
import { WebhookWorker } from '../../../src/services/webhooks/webhook-worker.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { seededRandom } from '../../support/seeded-random.ts';

/** Time that also passes by work. */
class WorkClock extends FakeClock {
  workedMs = 0;
  override monotonicMs(): number {
    return super.monotonicMs() + this.workedMs;
  }
}

it('works in short turns, so that senders are acknowledged in between, and keeps the order', async () => {
  const clock = new WorkClock();
  const waiting = Array.from({ length: 8 }, (_, index) => ({
    sequence: index + 1,
    eventId: `e${index}`,
    payload: index,
  }));
  const steps: string[] = [];
  const repository: Pick<WebhookRepository, 'waiting' | 'finish'> = {
    waiting: (_account, limit) => waiting.slice(0, limit),
    finish: (_account, upTo) => {
      steps.push(`finished ${upTo}`);
      waiting.splice(0, waiting.findIndex(({ sequence }) => sequence === upTo) + 1);
    },
  };
  const connection = {
    webhook: {
      deliver: async (payload: unknown) => {
        clock.workedMs += 4;
        steps.push(String(payload));
      },
    },
  } as Pick<Connection, 'webhook'> as Connection;
  const worker = new WebhookWorker({
    accountId: 'a',
    repository: {
      ...repository,
      keep: () => 0,
      countWaiting: () => 0,
      forgetBefore: () => undefined,
    },
    connection: () => connection,
    clock,
    random: seededRandom(),
    logger: quietLogger(),
  });
  worker.wake();
  await clock.advance(0);
  expect(steps).toEqual(['0', '1', '2', 'finished 3']);
  await clock.advance(100);
  expect(steps.slice(4)).toEqual(['3', '4', '5', 'finished 6', '6', '7', 'finished 8']);
  worker.stop();
  expect(clock.pending).toBe(0);
});
