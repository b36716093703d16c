import { describe, expect, it } from 'vitest';
import { accountWords } from '../../../main/notifications/account-words.ts';
import { alertWords } from '../../../main/notifications/alert-words.ts';
import { de } from '../../../main/strings/de.ts';
import { en } from '../../../main/strings/en.ts';
import { wordingFor } from '../../../main/strings/words.ts';

describe('the host’s words', () => {
  it('are those of the preference, else of the system, else English', () => {
    expect(wordingFor('de', ['en-GB']).words).toBe(de);
    expect(wordingFor('system', ['fr-FR', 'de_AT', 'en-US'])).toEqual({ words: de, locale: 'de-AT' });
    expect(wordingFor('system', ['fr-FR'])).toEqual({ words: en, locale: 'en' });
    expect(wordingFor('en', ['de-DE', 'en-GB']).locale).toBe('en-GB');
    expect(wordingFor('unheard-of', []).words).toBe(en);
  });

  it('say who became what, with the user’s own note', () => {
    const change = { from: 'offline', to: 'online' } as const;
    expect(alertWords(en, change, 'Ada', null)).toEqual({ title: 'Ada is online', body: 'Before: Offline' });
    expect(alertWords(de, change, 'Ada', 'Nach der Maschine fragen')).toEqual({
      title: 'Ada ist online',
      body: 'Nach der Maschine fragen',
    });
  });

  it('say that an account needs its user and why, and that it is back', () => {
    const needed = { kind: 'needs-you', label: 'Work', reason: 'The token was revoked.' } as const;
    expect(accountWords(en, needed)).toEqual({ title: 'Work needs you', body: 'The token was revoked.' });
    expect(accountWords(de, { ...needed, reason: null }).body).toContain('Melde dich neu an');
    expect(accountWords(de, { kind: 'back', label: 'Work', reason: null }).title).toBe('Work ist wieder da');
  });
});
