import type { Connection, OwnTarget } from '../../../src/platforms/platform.ts';
import { teamsAdapter } from '../../../src/platforms/teams/adapter.ts';
import type { TeamsSettings } from '../../../src/platforms/teams/manifest.ts';
import type { Organisation } from '../../../src/simulator/teams/organisation.ts';
import {
  startTeamsSimulator,
  type TeamsSimulator,
  type TeamsSimulatorOptions,
} from '../../../src/simulator/teams/server.ts';
import { Seat } from '../../conformance/seat.ts';

export const ME = 'grace.hopper@harbour-works.example';
export const ADA = 'ada.byron@harbour-works.example';

/** The adapter in the suite's seat, signed in to a simulated tenant with Grace (me, at her desk) and Ada (available). */
export class TeamsBench {
  readonly seat = new Seat(teamsAdapter);
  readonly simulator: TeamsSimulator;
  readonly ada: string;
  readonly me: string;
  settings: TeamsSettings;
  secrets: Readonly<Record<string, string>>;

  private constructor(simulator: TeamsSimulator) {
    this.simulator = simulator;
    this.me = simulator.organisation.person(ME).id;
    this.ada = simulator.organisation.person(ADA).id;
    this.settings = { graphUrl: simulator.graphUrl, authority: simulator.authority, clientId: simulator.clientId };
    this.secrets = { accessToken: simulator.issueToken(ME) };
  }

  static async start(
    options: Partial<TeamsSimulatorOptions> & { webhook?: boolean; more?: (organisation: Organisation) => void } = {},
  ): Promise<TeamsBench> {
    let bench: TeamsBench | null = null;
    const simulator = await startTeamsSimulator({
      accessSeconds: 100 * 86_400,
      ...options,
      now: () => bench?.seat.clock.now() ?? Date.parse('2026-03-02T08:00:00Z'),
      populate: (organisation) => {
        organisation.add({ displayName: 'Ada Byron' });
        organisation.client(ADA, 'Available');
        const me = organisation.add({ displayName: 'Grace Hopper' });
        organisation.client(ME, 'Available');
        options.more?.(organisation);
        return me;
      },
    });
    const made = new TeamsBench(simulator);
    bench = made;
    if (options.webhook) await made.seat.listen(() => made);
    return made;
  }

  /** Signed in, roster listed. */
  async signedIn(): Promise<Connection> {
    const connection = await this.connect();
    await this.seat.list(connection);
    return connection;
  }

  connect(): Promise<Connection> {
    return this.seat.connect(this);
  }

  look(connection: Connection, userId = this.ada): Promise<void> {
    return this.seat.look(connection, userId);
  }

  apply(connection: Connection, target: Partial<OwnTarget>) {
    const own = ownOf(connection);
    return this.seat.settled(own.apply({ status: null, doNotDisturb: null, ...target }, this.seat.signal));
  }

  read(connection: Connection) {
    return this.seat.settled(ownOf(connection).read(this.seat.signal));
  }

  /** Names of the calls that reached Graph. */
  calls(): string[] {
    return this.simulator.calls.map(({ name }) => name);
  }

  async close(): Promise<void> {
    this.seat.abort.abort();
    await this.seat.close();
    await this.simulator.close();
  }
}

function ownOf(connection: Connection) {
  if (connection.ownStatus === undefined) throw new Error('no own status');
  return connection.ownStatus;
}
