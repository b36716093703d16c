import type { MusterError } from '../../../src/domain/errors.ts';
import type { Connection, OwnTarget } from '../../../src/platforms/platform.ts';
import { zoomAdapter } from '../../../src/platforms/zoom/adapter.ts';
import type { ZoomSettings } from '../../../src/platforms/zoom/settings.ts';
import type { ZoomPlan } from '../../../src/simulator/zoom/rate-limits.ts';
import { startZoomSimulator, type ZoomSimulator } from '../../../src/simulator/zoom/server.ts';
import { Seat } from '../../conformance/seat.ts';

export const ME = 'KDcuGIm1QgePTO8WbOqwIQ';
export const ADA = 'v4iyWT1LTfy8QvPG4GTvdg';
export const WEBHOOK_SECRET = '4fv1RkqGQUq5sWbEz6hA5A';
export const CLIENT_SECRET = 'p1SLgZP9yQnWmXeTjXw8rXh0OuKFmG3t';
export const CLIENT_ID = 'rVd6xHQZTBCoF9oOq2Zq7A';
/** One's own status waits for up to a minute. */
const OWN_STEP_MS = 2_000;

/** The adapter in the suite's seat, signed in to a simulated Zoom with Grace (me, available) and Ada (offline). */
export class ZoomBench {
  readonly seat = new Seat(zoomAdapter);
  readonly simulator: ZoomSimulator;
  settings: ZoomSettings;
  secrets: Readonly<Record<string, string>>;

  private constructor(simulator: ZoomSimulator, plan: ZoomPlan) {
    this.simulator = simulator;
    this.settings = { clientId: CLIENT_ID, plan, apiUrl: simulator.apiUrl, authUrl: simulator.authUrl };
    this.secrets = { accessToken: simulator.issueToken(ME).accessToken, webhookSecret: WEBHOOK_SECRET };
  }

  static async start(
    options: { plan?: ZoomPlan; webhook?: boolean; externals?: readonly string[] } = {},
  ): Promise<ZoomBench> {
    const plan = options.plan ?? 'pro';
    let bench: ZoomBench | null = null;
    const seatNow = (): number => bench?.seat.clock.now() ?? Date.parse('2026-03-02T08:00:00Z');
    const simulator = await startZoomSimulator({
      now: seatNow,
      plan,
      me: ME,
      accessSeconds: 100 * 86_400,
      populate: (account) => {
        account.addUser({
          id: ME,
          firstName: 'Grace',
          lastName: 'Hopper',
          email: 'grace@harbour-works.example',
          presence: 'available',
        });
        account.addUser({ id: ADA, firstName: 'Ada', lastName: 'Byron', email: 'Ada@harbour-works.example' });
        for (const id of options.externals ?? []) account.addUser({ id, type: 'external' });
      },
    });
    bench = new ZoomBench(simulator, plan);
    if (options.webhook) {
      const made = bench;
      simulator.webhooks.subscription = { url: await bench.seat.listen(() => made), secret: WEBHOOK_SECRET };
    }
    return bench;
  }

  /** Signed in, contacts listed. */
  async signedIn(): Promise<Connection> {
    const connection = await this.seat.connect(this);
    await this.seat.list(connection);
    return connection;
  }

  /** Lets something happen on Zoom, and its events arrive. */
  async happens(act: (account: ZoomSimulator['account']) => void): Promise<void> {
    act(this.simulator.account);
    await this.simulator.webhooks.settled();
  }

  look(connection: Connection, userId = ADA): Promise<void> {
    return this.seat.look(connection, userId);
  }

  /** Sets parts of one's own status. */
  apply(connection: Connection, target: Partial<OwnTarget>) {
    const own = ownOf(connection);
    const wish = { status: null, doNotDisturb: null, ...target };
    return this.seat.settled(own.apply(wish, this.seat.signal), OWN_STEP_MS);
  }

  read(connection: Connection) {
    return this.seat.settled(ownOf(connection).read(this.seat.signal));
  }

  /** Calls of a method that reached Zoom. */
  calls(method: string): number {
    return this.simulator.calls.filter((call) => call.method === method).length;
  }

  async close(): Promise<void> {
    this.seat.abort.abort();
    await this.seat.close();
    await this.simulator.close();
  }
}

export function ownOf(connection: Connection) {
  if (connection.ownStatus === undefined) throw new Error('no own status');
  return connection.ownStatus;
}

/** The error that a promise comes to. */
export async function refusal(promise: Promise<unknown>): Promise<MusterError> {
  const thrown: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (thrown instanceof Error && 'code' in thrown) return thrown as MusterError;
  throw new Error(`no MusterError but ${String(thrown)}`);
}
