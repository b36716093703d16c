import { describe, expect, it } from 'vitest';
import { ScramSha256 } from '../../../src/platforms/xmpp/scram.ts';

/** The example of RFC 7677 section 3. */
const NONCE = 'rOprNGfwEbeRWgbNEkqO';
const CREDENTIALS = { username: 'user', password: 'pencil' };
const CHALLENGE = 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096';

describe('SCRAM-SHA-256', () => {
  it('says what RFC 7677 says, and holds the server to its proof', async () => {
    const scram = new ScramSha256(NONCE);
    expect(await scram.response(CREDENTIALS)).toBe('n,,n=user,r=rOprNGfwEbeRWgbNEkqO');
    scram.challenge(CHALLENGE);
    expect(scram.accepts('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe(false);
    expect(await scram.response(CREDENTIALS)).toBe(
      'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
    );
    expect(scram.accepts('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe(true);
    for (const other of ['', 'v=', 'v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=', 'e=other-error'])
      expect(scram.accepts(other)).toBe(false);
  });

  it.each([
    ['another nonce', 'r=somebodyElses%hvYDpWUa2RaTCAfuxFIlj,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096'],
    ['a nonce that is only ours', `r=${NONCE},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`],
    ['work for minutes', `r=${NONCE}x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=900000000`],
    ['no work', `r=${NONCE}x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0`],
    ['no challenge', 'e=other-error'],
  ])('refuses a server that answers with %s', async (_what, challenge) => {
    const scram = new ScramSha256(NONCE);
    await scram.response(CREDENTIALS);
    scram.challenge(challenge);
    await expect(scram.response(CREDENTIALS)).rejects.toThrow('not a SCRAM challenge');
  });

  it('escapes what has a meaning in it, and begins with another nonce each time', async () => {
    expect(await new ScramSha256(NONCE).response({ username: 'a=b,c', password: '' })).toContain('n=a=3Db=2Cc,');
    const first = () => new ScramSha256().response(CREDENTIALS);
    expect(await first()).not.toBe(await first());
  });
});
