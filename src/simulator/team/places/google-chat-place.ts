import { GOOGLE_CLIENT, startGoogleChatSimulator } from '../../google-chat/server.ts';
import type { Myself, TeamPlace } from './place.ts';

/** One's own Google account: nobody else can be seen there. */
export async function googleChatPlace(me: Myself): Promise<TeamPlace> {
  const google = await startGoogleChatSimulator({
    accessSeconds: 7 * 86_400,
    me: { name: `${me.first} ${me.last}`, email: me.email },
  });
  return {
    place: 'google-chat',
    account: {
      platform: 'google-chat',
      label: 'Google Chat',
      settings: { apiUrl: google.apiUrl, authUrl: google.authUrl, clientId: GOOGLE_CLIENT.clientId },
      secrets: { accessToken: google.issueToken().accessToken, clientSecret: GOOGLE_CLIENT.clientSecret },
    },
    act: () => {},
    troubles: [],
    close: () => google.close(),
  };
}
