import { googleChatAdapter } from '../../../src/platforms/google-chat/adapter.ts';
import type { OwnReading, OwnTarget } from '../../../src/platforms/platform.ts';
import type { GoogleChatSimulator } from '../../../src/simulator/google-chat/server.ts';
import type { Stage } from '../../conformance/bench.ts';
import { googleChatBench } from '../../conformance/google-chat-bench.ts';
import { Seat } from '../../conformance/seat.ts';

/** A seat of the core at a simulated Google, signed in unless `secrets` say otherwise. */
export async function googleSeat() {
  const seat = new Seat(googleChatAdapter);
  const stage = await googleChatBench.start({ colleagues: 0, now: () => seat.clock.now(), webhookUrl: null });
  const { simulator } = stage as Stage & { simulator: GoogleChatSimulator };
  const connect = () => seat.connect(stage);
  return {
    seat,
    stage,
    simulator,
    connect,
    async signIn() {
      const { ownStatus } = await connect();
      if (ownStatus === undefined) throw new Error('no own status');
      return {
        own: ownStatus,
        read: (): Promise<OwnReading> => seat.settled(ownStatus.read(seat.signal)),
        apply: (target: Partial<OwnTarget>) =>
          seat.settled(ownStatus.apply({ status: null, doNotDisturb: null, ...target }, seat.signal)),
      };
    },
    async close() {
      seat.abort.abort();
      await stage.close();
    },
  };
}
