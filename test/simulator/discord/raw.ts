import { WebSocket } from 'ws';
import type { DiscordSimulator } from '../../../src/simulator/discord/server.ts';

/** What the gateway said. */
export interface Said {
  readonly op: number;
  readonly d: unknown;
  readonly s: number | null;
  readonly t: string | null;
}

/** A client of the gateway that sends whatever a test wants. */
export class RawGateway {
  readonly said: Said[] = [];
  closeCode: number | null = null;
  readonly #socket: WebSocket;

  constructor(simulator: DiscordSimulator, query = '?v=10&encoding=json') {
    const url = new URL(simulator.apiUrl);
    this.#socket = new WebSocket(`ws://${url.host}/${query}`);
    this.#socket.on('message', (data) => this.said.push(JSON.parse(String(data))));
    this.#socket.on('close', (code) => {
      this.closeCode = code;
    });
    this.#socket.on('error', () => {});
  }

  send(payload: unknown): void {
    this.#socket.send(typeof payload === 'string' ? payload : JSON.stringify(payload));
  }

  identify(token: string, more: Readonly<Record<string, unknown>> = {}): void {
    this.send({
      op: 2,
      d: { token, intents: 259, properties: { os: 'linux', browser: 'test', device: 'test' }, ...more },
    });
  }

  close(code: number): void {
    this.#socket.close(code);
  }

  /** Waits for something that was said. */
  async next(holds: (said: Said) => boolean): Promise<Said> {
    await this.until(() => this.said.some(holds));
    const found = this.said.find(holds);
    if (found === undefined) throw new Error('not said');
    return found;
  }

  async closed(): Promise<number> {
    await this.until(() => this.closeCode !== null);
    return this.closeCode ?? 0;
  }

  async until(holds: () => boolean): Promise<void> {
    const started = performance.now();
    while (!holds()) {
      if (performance.now() - started > 3_000) throw new Error(`waited in vain; heard ${JSON.stringify(this.said)}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
}
