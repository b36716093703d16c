import { expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../src/domain/time.ts';
import { newCode, Sessions, signInLink } from '../../src/server/sessions.ts';
import { FakeClock } from '../support/fake-clock.ts';

const start = () => {
  const clock = new FakeClock();
  return { clock, sessions: new Sessions({ token: 'server-token', clock }) };
};

it('lets a code in once, and its cookie until it is ended', () => {
  const { clock, sessions } = start();
  const code = newCode('server-token', clock.now());
  const cookie = sessions.redeem(code);
  expect(sessions.has(cookie)).toBe(true);
  expect(sessions.redeem(code)).toBe('refused');
  sessions.end(cookie);
  expect(sessions.has(cookie)).toBe(false);
});

it('refuses a code after a quarter of an hour', async () => {
  const { clock, sessions } = start();
  const code = newCode('server-token', clock.now());
  await clock.advance(15 * MINUTE_MS + 1);
  expect(sessions.redeem(code)).toBe('refused');
});

it('refuses what another server sealed, and what was changed', () => {
  const { clock, sessions } = start();
  const code = newCode('server-token', clock.now());
  const [end, nonce, mac] = code.split('.');
  for (const wrong of [
    newCode('other', clock.now()),
    `z${end}.${nonce}.${mac}`,
    `${code}.x`,
    'refused',
    '',
    '..',
    `${end}.${nonce}.`,
  ])
    expect(sessions.redeem(wrong), wrong).toBe('refused');
  expect(sessions.has('refused')).toBe(false);
  expect(sessions.redeem(code)).not.toBe('refused');
});

it('lets nobody in for a minute after ten wrong codes', async () => {
  const { clock, sessions } = start();
  for (let index = 0; index < 10; index += 1) expect(sessions.redeem('wrong')).toBe('refused');
  const code = newCode('server-token', clock.now());
  expect(sessions.redeem(code)).toBe('too-many');
  await clock.advance(MINUTE_MS);
  expect(sessions.redeem(code)).not.toBe('too-many');
});

it('signs the oldest browser out when there are too many', () => {
  const { clock, sessions } = start();
  const cookies = Array.from({ length: 101 }, () => sessions.redeem(newCode('server-token', clock.now())));
  expect(sessions.has(cookies[0] ?? '')).toBe(false);
  expect(sessions.has(cookies[1] ?? '')).toBe(true);
});

it('signs a browser out that was not here for a month, and keeps one that comes', async () => {
  const { clock, sessions } = start();
  const [here, gone] = [0, 1].map(() => sessions.redeem(newCode('server-token', clock.now())));
  for (let day = 0; day < 40; day += 1) {
    await clock.advance(DAY_MS);
    expect(sessions.has(here ?? ''), `day ${day}`).toBe(true);
  }
  expect(sessions.has(gone ?? '')).toBe(false);
  expect(sessions.has(gone ?? '')).toBe(false);
});

it('tells of who comes and goes, and of the first wrong code in a minute', async () => {
  const clock = new FakeClock();
  const told: string[] = [];
  const sessions = new Sessions({ token: 'server-token', clock, told: (event) => told.push(event) });
  const cookie = sessions.redeem(newCode('server-token', clock.now()));
  sessions.end('unknown');
  sessions.end(cookie);
  for (let index = 0; index < 12; index += 1) sessions.redeem('wrong');
  await clock.advance(MINUTE_MS);
  sessions.redeem('wrong');
  expect(told).toEqual(['signed-in', 'signed-out', 'refused', 'refused']);
});

it('lets browsers in also when the disk takes nothing', () => {
  const clock = new FakeClock();
  const full = {
    read: () => [],
    write: () => {
      throw new Error('ENOSPC');
    },
  };
  const sessions = new Sessions({ token: 'server-token', clock, file: full });
  expect(sessions.has(sessions.redeem(newCode('server-token', clock.now())))).toBe(true);
});

it('makes links whose code never reaches a log, being behind the hash', () => {
  const link = new URL(signInLink('http://127.0.0.1:4747', 'server-token', new FakeClock().now()));
  expect(`${link.pathname}${link.search}`).toBe('/');
  expect(link.hash.slice(1)).toMatch(/^[\w.~-]{8,200}$/);
});
