import { whatsappAdapter } from '../../../src/platforms/whatsapp/adapter.ts';
import type { BusinessNumber, WhatsappUser } from '../../../src/simulator/whatsapp/business.ts';
import type { WhatsappSimulator } from '../../../src/simulator/whatsapp/server.ts';
import type { Stage } from '../../conformance/bench.ts';
import { Seat } from '../../conformance/seat.ts';
import { whatsappBench } from '../../conformance/whatsapp-bench.ts';

/** Somebody as before business-scoped ids, somebody with both kinds of id, and somebody who hides their number. */
export const BEFORE: WhatsappUser = { waId: '4915112345678', userId: null, name: 'Emmy Noether', username: null };
export const BOTH: WhatsappUser = { ...BEFORE, userId: 'DE.998877665544332211' };
export const HIDDEN: WhatsappUser = { ...BOTH, username: 'emmy' };

/** A seat of the core at a simulated business. */
export async function whatsappSeat(options: { listen?: boolean; publishAbout?: boolean } = {}) {
  const seat = new Seat(whatsappAdapter);
  let stage: Stage | null = null;
  const webhookUrl =
    options.listen === false
      ? null
      : await seat.listen(() => {
          if (stage === null) throw new Error('too early');
          return stage;
        });
  stage = await whatsappBench.start({ colleagues: 1, now: () => seat.clock.now(), webhookUrl });
  const { simulator, number } = stage as Stage & { simulator: WhatsappSimulator; number: BusinessNumber };
  const settings = { ...Object(stage.settings), publishAbout: options.publishAbout ?? false };
  const ready: Stage = { ...stage, settings };
  return {
    seat,
    simulator,
    number,
    stage: ready,
    connect: () => seat.connect(ready),
    /** Everything that was sent has arrived. */
    arrived: () => simulator.webhooks.settled(),
    async close() {
      seat.abort.abort();
      await seat.close();
      await stage?.close();
    },
  };
}
