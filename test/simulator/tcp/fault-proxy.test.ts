import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../../../src/simulator/tcp/fault-proxy.ts';

let echo: Server;
let heard = '';
let proxy: FaultProxy;
const clients: Socket[] = [];

beforeEach(async () => {
  heard = '';
  echo = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      heard += bytes.toString();
      socket.write(bytes);
    });
    socket.on('end', () => socket.end());
  });
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const address: AddressInfo | string | null = echo.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  proxy = await startFaultProxy({ port: address.port });
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await proxy.close();
  echo.close();
});

async function open(): Promise<{ socket: Socket; text: () => string }> {
  const socket = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
  clients.push(socket);
  socket.on('error', () => undefined);
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes.toString();
  });
  await once(socket, 'connect');
  return { socket, text: () => text };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the fault proxy', () => {
  it('passes bytes both ways and counts connections', async () => {
    const { socket, text } = await open();
    socket.write('hello');
    await expect.poll(text).toBe('hello');
    expect(proxy.openConnections()).toBe(1);
    socket.end();
    await once(socket, 'close');
    await expect.poll(() => proxy.openConnections()).toBe(0);
    expect(proxy.acceptedConnections()).toBe(1);
  });

  it('delays every byte, in order', async () => {
    const { socket, text } = await open();
    proxy.delay(60);
    const started = performance.now();
    socket.write('a');
    socket.write('b');
    await expect.poll(text, { interval: 5 }).toBe('ab');
    expect(performance.now() - started).toBeGreaterThanOrEqual(110);
  });

  it('limits bandwidth', async () => {
    const { socket, text } = await open();
    proxy.limitBandwidth(10_000);
    const started = performance.now();
    socket.write('x'.repeat(1_000));
    await expect.poll(() => text().length, { interval: 5 }).toBe(1_000);
    expect(performance.now() - started).toBeGreaterThanOrEqual(180);
  });

  it('swallows bytes in a blackhole, and resets the connection on healing', async () => {
    const { socket, text } = await open();
    proxy.blackhole();
    socket.write('lost');
    await pause(50);
    expect([text(), heard, socket.destroyed]).toEqual(['', '', false]);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await proxy.heal();
    await closed;
    const again = await open();
    again.socket.write('found');
    await expect.poll(again.text).toBe('found');
  });

  it('resets connections', async () => {
    const { socket } = await open();
    socket.write('x');
    await expect.poll(() => heard).toBe('x');
    const failed = once(socket, 'error');
    proxy.reset();
    expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' });
  });

  it('half-closes: the client sees the end and can still be heard', async () => {
    const { socket } = await open();
    socket.resume();
    const ended = once(socket, 'end');
    await expect.poll(() => proxy.openConnections()).toBe(1);
    proxy.halfClose();
    await ended;
    socket.write('still here');
    await expect.poll(() => heard).toBe('still here');
  });

  it('truncates after a number of bytes', async () => {
    const { socket, text } = await open();
    proxy.truncateAfter(3);
    socket.write('abcdef');
    await once(socket, 'end');
    expect(text()).toBe('abc');
  });

  it('refuses new connections while old ones live, until healed', async () => {
    const { socket, text } = await open();
    socket.write('1');
    await expect.poll(text).toBe('1');
    await proxy.refuse();
    await expect(open()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    socket.write('2');
    await expect.poll(text).toBe('12');
    await proxy.heal();
    await open();
  });

  it('cuts the network: silence for the open, refusal for the new', async () => {
    const { socket } = await open();
    socket.write('1');
    await expect.poll(() => heard).toBe('1');
    await proxy.cut();
    socket.write('2');
    await expect(open()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect([heard, socket.destroyed]).toEqual(['1', false]);
  });
});
