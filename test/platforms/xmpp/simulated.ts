import { afterEach, beforeEach } from 'vitest';
import {
  startXmppSimulator,
  type XmppSimulator,
  type XmppSimulatorOptions,
} from '../../../src/simulator/xmpp/server.ts';
import { type Bench, signIn } from './support.ts';

/** A simulated server for each test of a suite, on which Grace signs in and Ada is her contact. */
export function simulated() {
  let simulator: XmppSimulator;
  const open: { close(): Promise<unknown> }[] = [];

  async function start(options: XmppSimulatorOptions = {}): Promise<void> {
    simulator = await startXmppSimulator({ iterations: 16, ...options });
    simulator.addUser('grace', { password: 'secret' });
    simulator.addUser('ada', { password: 'secret', name: 'Ada Byron', groups: ['Engine'] });
    simulator.befriend('grace', 'ada');
  }

  beforeEach(() => start());
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
    await simulator.close();
  });

  return {
    get simulator(): XmppSimulator {
      return simulator;
    },
    /** Closed after each test. */
    open,
    start,
    /** Grace signs in, with these settings in place of the usual ones. */
    login: async (over: object = {}, prepare?: (bench: Bench) => void) => {
      const settings = {
        service: simulator.service,
        domain: 'localhost',
        username: 'grace',
        allowInsecureLoopback: true,
        ...over,
      };
      const made = await signIn(settings, 'secret', prepare);
      open.push(made.connection);
      return made;
    },
  };
}
