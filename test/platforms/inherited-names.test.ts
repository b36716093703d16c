import { xml } from '@xmpp/client';
import { describe, expect, it } from 'vitest';
import { statusOf as discordStatusOf } from '../../src/platforms/discord/mapping.ts';
import { refusalOf as googleRefusalOf } from '../../src/platforms/google-chat/errors.ts';
import { statusOf as googleStatusOf } from '../../src/platforms/google-chat/own-snapshot.ts';
import { refusalOf as slackRefusalOf } from '../../src/platforms/slack/errors.ts';
import { slackOAuth } from '../../src/platforms/slack/oauth.ts';
import { judged } from '../../src/platforms/teams/mapping.ts';
import { plainTextOf } from '../../src/platforms/teams/text.ts';
import { toXmppError } from '../../src/platforms/xmpp/errors.ts';
import { statusOfShow } from '../../src/platforms/xmpp/mapping.ts';
import { parsePresence, parseRosterItems } from '../../src/platforms/xmpp/schema.ts';
import { meaningOf } from '../../src/platforms/zoom/mapping.ts';
import { FakeClock } from '../support/fake-clock.ts';

// What every object in JavaScript inherits is found in a table that is a plain object.
describe.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'])(
  '%s, said by a platform',
  (word) => {
    it('is no status', () => {
      expect(googleStatusOf(word)).toBe('unknown');
      expect(discordStatusOf(word)).toBe('unknown');
      expect(meaningOf(word).status).toBe('unknown');
      expect(judged(word, word).status).toBe('unknown');
      expect(statusOfShow(word, null)).toBe('unknown');
    });

    it('is no kind of XMPP stanza and no subscription', () => {
      expect(parsePresence(xml('presence', { from: 'ada@example.org/x', type: word }))).toBeNull();
      const query = xml('query', {}, xml('item', { jid: 'ada@example.org', subscription: word }));
      expect(parseRosterItems(query)).toMatchObject([{ subscription: 'none' }]);
    });

    it('is a refusal that Muster does not know', () => {
      expect(slackRefusalOf('users.list', word).code).toBe('protocol-error');
      expect(() => slackOAuth.readTokens?.({ ok: false, error: word })).toThrow(
        expect.objectContaining({ code: 'protocol-error' }),
      );
      const body = { error: { code: 418, message: 'x', status: word, details: [{ reason: word }] } };
      expect(googleRefusalOf({ name: 'a call', status: 418, headers: new Headers(), body }, new FakeClock()).code).toBe(
        'protocol-error',
      );
      const raised = (name: string) => Object.assign(new Error('x'), { name, condition: word });
      expect(toXmppError(raised('SASLError')).code).toBe('unsupported');
      expect(toXmppError(raised('StreamError')).code).toBe('protocol-error');
    });

    it('is no character of HTML', () => {
      expect(plainTextOf(`<p>&${word};</p>`, 'html')).toBe(`&${word};`);
    });
  },
);
