import { WebSocket } from 'ws';
import { z } from 'zod';
import type { SlackSimulator } from '../../../src/simulator/slack/server.ts';
import { post } from './raw.ts';

const frameSchema = z.looseObject({ type: z.string(), envelope_id: z.string().optional() });
/** A frame as it came. */
export type TestFrame = z.infer<typeof frameSchema>;

/** A socket by hand, with nothing of Slack's client in between. */
export interface TestSocket {
  readonly frames: readonly TestFrame[];
  readonly isClosed: boolean;
  /** Waits for a frame. */
  frame(matches: (frame: TestFrame) => boolean): Promise<TestFrame>;
  /** The payload of the first event of a type; everything that comes before it is acknowledged. */
  event(type: string): Promise<unknown>;
  acknowledge(envelopeId: string): void;
  close(): void;
}

/** Where `apps.connections.open` sends one. */
export async function socketAddress(slack: SlackSimulator, appToken: string): Promise<string> {
  return z.object({ url: z.string() }).parse((await post(slack, appToken, 'apps.connections.open')).body).url;
}

/** Opens a socket and waits for its first frame. */
export async function openSocket(slack: SlackSimulator, appToken: string): Promise<TestSocket> {
  const client = new WebSocket(await socketAddress(slack, appToken));
  const frames: TestFrame[] = [];
  let isClosed = false;
  client.on('message', (data) => frames.push(frameSchema.parse(JSON.parse(String(data)))));
  client.on('close', () => {
    isClosed = true;
  });
  client.on('error', () => {});
  const socket: TestSocket = {
    frames,
    get isClosed() {
      return isClosed;
    },
    async frame(matches) {
      for (let turn = 0; turn < 1_000; turn += 1) {
        const found = frames.find(matches);
        if (found !== undefined) return found;
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      throw new Error(`no such frame among ${frames.map(({ type }) => type).join(', ')}`);
    },
    async event(type) {
      const schema = z.looseObject({ event: z.looseObject({ type: z.literal(type) }) });
      const frame = await socket.frame((each) => schema.safeParse(each.payload).success);
      for (const { envelope_id: id } of frames) if (id !== undefined) socket.acknowledge(id);
      return frame.payload;
    },
    acknowledge: (envelopeId) => client.send(JSON.stringify({ envelope_id: envelopeId })),
    close: () => client.close(),
  };
  await socket.frame(() => true);
  return socket;
}
