import type { Random } from '../../../../src/ports/random.ts';

const STRINGS = [
  '',
  ' ',
  '\0',
  '😀'.repeat(50),
  '../../etc/passwd',
  '{{7*7}}',
  "' OR 1=1 --",
  '\ud800',
  'x'.repeat(5_000),
];
const NUMBERS = [0, -0, -1, 1e308, Number.MAX_SAFE_INTEGER + 2, 0.1, 2 ** 31];
const KEYS = [
  'status',
  'message',
  'emoji',
  'until',
  'forSeconds',
  'accounts',
  'contactId',
  'to',
  'from',
  'repeat',
  'name',
];
const MORE_KEYS = [
  'enabled',
  'timeZone',
  'rules',
  'exceptions',
  'doNotDisturb',
  'platform',
  'settings',
  'secrets',
  'users',
];
const ODD_KEYS = [
  'contactIds',
  'identities',
  'kind',
  'confirm',
  'code',
  'theme',
  '__proto__',
  'constructor',
  'toString',
];
const ALL_KEYS = [...KEYS, ...MORE_KEYS, ...ODD_KEYS];
const WORDS = [
  'busy',
  'online',
  'once',
  'slack',
  'xmpp',
  'vault',
  'Europe/Berlin',
  '18:30',
  '2026-02-30',
  '2026-11-21T10:00:00Z',
];

/** Any JSON value, in shapes that a route nearly takes. */
function value(random: Random, depth: number): unknown {
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random.next() * from.length)];
  const roll = random.next();
  if (depth <= 0 || roll < 0.25) return pick<unknown>([null, true, false, ...NUMBERS, ...STRINGS, ...WORDS]);
  if (roll < 0.5) return Array.from({ length: Math.floor(random.next() * 4) }, () => value(random, depth - 1));
  const entries = Array.from({ length: Math.floor(random.next() * 8) }, () => [
    pick(ALL_KEYS),
    value(random, depth - 1),
  ]);
  return Object.fromEntries(entries);
}

/** Bodies that no route can make sense of, and some that it nearly can. */
export function nonsenseBodies(random: Random): (string | Uint8Array<ArrayBuffer>)[] {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  const deepObject = `${'{"settings":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
  const random_ = Array.from({ length: 12 }, () => JSON.stringify(value(random, 4)) ?? 'null');
  return [
    ...random_,
    '',
    '{',
    'undefined',
    '{"a":1}{"b":2}',
    '{"__proto__":{"status":"busy"},"status":"busy","status":7}',
    '\ufeff{}',
    '1e999999',
    deep,
    deepObject,
    JSON.stringify({ message: 'x'.repeat(1_100_000) }),
    JSON.stringify({ contactIds: Array.from({ length: 20_000 }, () => 'c_1') }),
    new Uint8Array([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
    new Uint8Array([0xff, 0xfe, 0x7b, 0x00]),
    new Uint8Array(2_000),
  ];
}

/** Addresses of a route with odd ids and queries. */
export function nonsensePaths(path: string, random: Random): string[] {
  const ids = ['%00', '%F0%9F%98%80', '..%2F..%2Fetc', '%', '%ff', 'a'.repeat(3_000), '__proto__', "'%20OR%201=1"];
  const filled = /\{\w+\}/.test(path) ? ids.map((id) => path.replaceAll(/\{\w+\}/g, id)) : [path];
  const plain = path.replaceAll(/\{\w+\}/g, 'c_1');
  const queries = [
    '?limit=-1',
    '?limit=1e9',
    '?limit=NaN',
    '?cursor=%00',
    `?cursor=${'A'.repeat(4_500)}`,
    '?status=,,,',
  ];
  const odd = [
    '?query=%ff',
    '?__proto__=1',
    '?limit=1&limit=2',
    '?&&==&',
    `?query=${encodeURIComponent('\\'.repeat(150))}`,
  ];
  const any = `?${Math.floor(random.next() * 1e9).toString(36)}=${Math.floor(random.next() * 1e9)}`;
  return [...filled, ...[...queries, ...odd, any].map((query) => plain + query)];
}
