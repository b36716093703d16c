import { linkedinAdapter } from '../../../src/platforms/linkedin/adapter.ts';
import type { Connection } from '../../../src/platforms/platform.ts';
import type { LinkedinSimulator } from '../../../src/simulator/linkedin/server.ts';
import type { Stage } from '../../conformance/bench.ts';
import { linkedinBench } from '../../conformance/linkedin-bench.ts';
import { Seat } from '../../conformance/seat.ts';

export const ADA = { id: 'Ad4Byr0n', firstName: 'Ada', lastName: 'Byron' };
export const EMMY = { id: 'EmmyN', firstName: 'Emmy', lastName: 'Noether' };

/** A seat of the core at a simulated LinkedIn. */
export async function linkedinSeat() {
  const seat = new Seat(linkedinAdapter);
  const stage = await linkedinBench.start({ colleagues: 1, now: () => seat.clock.now(), webhookUrl: null });
  const { simulator } = stage as Stage & { simulator: LinkedinSimulator };
  return {
    seat,
    stage,
    simulator,
    connect: (accessToken = stage.secrets.accessToken ?? '') => seat.connect(stage, { accessToken }),
    /** One look at the whole log. */
    async look(connection: Connection) {
      const [method] = connection.presence?.poll ?? [];
      if (method === undefined) throw new Error('no poll');
      seat.observations.length = 0;
      await seat.settled(method.poll([], seat.signal));
      return seat.observations;
    },
    async close() {
      seat.abort.abort();
      await stage.close();
    },
  };
}
