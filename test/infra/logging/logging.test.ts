import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pinoLogger } from '../../../src/infra/logging/pino-logger.ts';
import { Redactor } from '../../../src/infra/logging/redactor.ts';
import { RotatingFile } from '../../../src/infra/logging/rotating-file.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'muster-log-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));
const logged = () => readFileSync(join(home, 'logs', 'muster.log'), 'utf8');

describe('the log', () => {
  it('is JSON lines in the home, warnings also on the error output', () => {
    const printed: string[] = [];
    const logger = pinoLogger({ home, redactor: new Redactor(), stderr: { write: (line) => printed.push(line) } });
    logger.with({ account: 'a' }).info('account connected', { how: 'first' });
    logger.warn('trouble', { code: 'timeout' });
    logger.debug('not at this level');
    const lines = logged()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { msg: 'account connected', account: 'a', how: 'first' },
      { msg: 'trouble', code: 'timeout' },
    ]);
    expect(printed).toHaveLength(1);
    expect(statSync(join(home, 'logs', 'muster.log')).mode & 0o777).toBe(0o600);
  });

  it('forgets tokens that were replaced long ago, never one that is in use', () => {
    const redactor = new Redactor();
    redactor.add('a-password-that-stays');
    redactor.add('in-use-all-the-time', true);
    redactor.add('replaced-long-ago', true);
    for (let hour = 1_000; hour < 3_500; hour += 1) {
      redactor.add(`token-of-hour-${hour}`, true);
      redactor.add('in-use-all-the-time', true);
    }
    expect(redactor.text('a-password-that-stays in-use-all-the-time token-of-hour-3499 token-of-hour-1600')).toBe(
      '[secret] [secret] [secret] [secret]',
    );
    expect(redactor.text('replaced-long-ago')).toBe('replaced-long-ago');
  });

  it('shows no secret, however it comes', () => {
    const redactor = new Redactor();
    const secret = 'pä"ss wörd-42/+';
    redactor.add(secret);
    const logger = pinoLogger({ home, redactor, level: 'debug' });
    const encodings = [secret, JSON.stringify(secret), encodeURIComponent(secret)];
    for (const user of ['', '\0a\0', '\0ab\0', '\0abc\0', 'ada:']) {
      encodings.push(
        Buffer.from(user + secret).toString('base64'),
        Buffer.from(`${user + secret}tail`).toString('base64url'),
      );
    }
    for (const text of encodings) {
      logger.info(`said ${text}`, {
        deep: { list: [text] },
        error: new Error(text, { cause: new Error(text) }),
        [text]: 1,
      });
    }
    logger.info('keys', {
      password: 'one',
      accessToken: 'two',
      headers: { Authorization: 'three', 'set-cookie': 'four' },
    });
    logger.info('shapes xoxb-123456-abcdef Bearer abc.def.ghi xapp-1-A-B', {
      url: 'xmpp://me:hidden@host',
      jwt: 'eyJhbGciOiJI.eyJzdWIiOiI.sig',
    });
    const text = logged();
    const core = Buffer.from(secret).toString('base64').slice(4, 14);
    for (const bad of [
      secret,
      'wörd',
      core,
      '"one"',
      '"two"',
      '"three"',
      '"four"',
      'xoxb-1',
      'abc.def',
      'xapp-1',
      'hidden',
      'eyJhb',
    ]) {
      expect(text).not.toContain(bad);
    }
    expect(text.match(/\[secret\]/g)?.length).toBeGreaterThan(20);
  });

  it('leaves out personal data unless asked to keep it', () => {
    pinoLogger({ home, redactor: new Redactor() }).info('x', {
      displayName: 'Ada',
      message: 'at lunch',
      email: null,
      code: 'y',
    });
    expect(logged()).not.toMatch(/Ada|lunch/);
    expect(new Redactor({ keepPersonal: true }).value({ displayName: 'Ada' })).toEqual({ displayName: 'Ada' });
  });

  it('never throws, and does not end on circles, depth, getters or a log that cannot be written', () => {
    writeFileSync(join(home, 'logs'), 'a file where the folder should be');
    const logger = pinoLogger({
      home,
      redactor: new Redactor(),
      stderr: {
        write: () => {
          throw new Error('closed pipe');
        },
      },
    });
    const circle: Record<string, unknown> = { big: 1n, symbol: Symbol('s'), fn: () => 1, map: new Map([[1, 2]]) };
    circle.self = circle;
    expect(() => logger.error('x', circle)).not.toThrow();
    expect(() =>
      logger.error('x', {
        get bad() {
          throw new Error('no');
        },
      }),
    ).not.toThrow();
  });

  it('has a bounded size', () => {
    const file = new RotatingFile(join(home, 'l', 'm.log'), { maxBytes: 100, keep: 2 });
    for (let index = 0; index < 50; index += 1) file.write(`${String(index).padStart(29)}\n`);
    expect(readdirSync(join(home, 'l')).sort()).toEqual(['m.log', 'm.log.1', 'm.log.2']);
    expect(readFileSync(join(home, 'l', 'm.log'), 'utf8')).toContain('49');
    for (const name of readdirSync(join(home, 'l')))
      expect(statSync(join(home, 'l', name)).size).toBeLessThanOrEqual(100);
  });
});
