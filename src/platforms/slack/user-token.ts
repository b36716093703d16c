import { MusterError } from '../../domain/errors.ts';

/** The token, refused here when it is plainly of a kind that cannot work, before it is sent anywhere. */
export function checkUserToken(token: string): string {
  if (/^xoxb-|^xoxe\.xoxb-/.test(token)) {
    throw refused(
      'This is a bot’s token (xoxb-), which cannot see or set your own status. Use the User OAuth Token, which begins with xoxp-.',
    );
  }
  if (token.startsWith('xapp-')) {
    throw refused('This is an app-level token (xapp-). Use the User OAuth Token, which begins with xoxp-.');
  }
  if (token.startsWith('xoxe-')) {
    throw refused(
      'This is a refresh token (xoxe-). Use the User OAuth Token, which begins with xoxp- or xoxe.xoxp-, and put this one into the field for refresh tokens.',
    );
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new MusterError(
      'credentials-refused',
      'This is not a Slack token: it has spaces or other odd characters in it.',
    );
  }
  return token;
}

function refused(message: string): MusterError {
  return new MusterError('credentials-refused', message, { params: { error: 'not_allowed_token_type' } });
}
