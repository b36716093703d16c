import type { MusterError } from '../../domain/errors.ts';

const MEANWHILE =
  'Until then status texts, huddles and do-not-disturb are asked for every few minutes, as without an app-level token.';

/** Something else was pasted in the place of the app-level token. */
export const NOT_AN_APP_TOKEN = `The app-level token does not begin with xapp-. Copy it from “Basic Information → App-Level Tokens”. ${MEANWHILE}`;

/** Why Slack does not open the event socket, for somebody who gave an app-level token; the account itself goes on. */
export function noticeOf(error: MusterError): string {
  switch (error.code) {
    case 'credentials-refused':
    case 'token-expired':
    case 'token-revoked':
      return `Slack does not accept the app-level token. Make a new one under “Basic Information → App-Level Tokens”. ${MEANWHILE}`;
    case 'missing-scope':
      return `The app-level token lacks the permission connections:write. Make a new one with it. ${MEANWHILE}`;
    case 'account-disabled':
      return `Slack says that the app-level token’s owner or workspace is deactivated. ${MEANWHILE}`;
    default:
      return `${error.message} ${MEANWHILE}`;
  }
}
