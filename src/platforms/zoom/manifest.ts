import type { PlatformManifest } from '../manifest.ts';
import { ZOOM_SCOPES } from './scopes.ts';
import { type ZoomSettings, zoomSettingsSchema } from './settings.ts';

/** Zoom as data. */
export const zoomManifest: PlatformManifest<ZoomSettings> = {
  id: 'zoom',
  name: 'Zoom',
  delivery: 'both',
  auth: ['oauth', 'token'],
  offByDefault: null,
  inbound: {
    purpose:
      'Who comes, goes and is in a meeting is then told at once, instead of Zoom being asked for one contact after the other.',
    steps: [
      'In Zoom’s App Marketplace, open your app and choose “Features”, then “Access”.',
      'Copy the “Secret Token” from there into this account’s settings here, before the next steps.',
      'Under “General Features”, switch on “Event Subscription”, add one, and choose “Webhook”.',
      'As “Event notification endpoint URL”, enter {url} and choose “Validate”.',
      'Add the events “User’s presence status has been updated”, “Start Meeting”, “End Meeting”, “Participant/Host joined meeting” and “Participant/Host left meeting”, for all users in the account if you may.',
      'Save it; the first event that arrives switches the live updates on.',
    ],
  },
  lacks: [],
  tier: 'gold',
  capabilities: {
    readOthers: {
      level: 'partial',
      reason:
        'Zoom is asked for one contact at a time: the free plan allows 2,000 questions a day, so that 20 contacts are looked at every quarter of an hour and 500 every six hours; paid plans allow hundreds a minute.',
    },
    push: {
      level: 'partial',
      reason:
        'Zoom sends changes only to a public address, or over its event socket with your app’s client secret; without either, Muster asks for each contact in turn.',
    },
    ownAvailability: {
      level: 'partial',
      reason:
        'Zoom takes one change a minute, and only while you are signed in to a Zoom app; it has no “appear offline” and shows you as away.',
    },
    ownMessage: { level: 'none', reason: 'Zoom has no status text that a program can set.' },
    ownExpiry: {
      level: 'partial',
      reason: 'Zoom ends only do-not-disturb by itself; Muster ends everything else, while it runs.',
    },
    doNotDisturb: {
      level: 'partial',
      reason:
        'Zoom shows do-not-disturb in place of the status, by whole minutes and for a day at a time; Muster asks again after that.',
    },
    lastSeen: { level: 'none', reason: 'Zoom does not say when other people were last active.' },
  },
  settings: zoomSettingsSchema,
  secrets: [
    {
      key: 'clientSecret',
      title: 'Client secret',
      description:
        'Only for apps without a Public Client ID, and for the event socket. In Zoom under “App Credentials”.',
      required: false,
    },
    {
      key: 'webhookSecret',
      title: 'Secret token',
      description: 'Only for events by webhook: proves that they come from Zoom. In Zoom under “Features”, “Access”.',
      required: false,
    },
    {
      key: 'accessToken',
      title: 'Access token',
      description: 'Only in place of signing in: it ends after an hour.',
      required: false,
    },
    {
      key: 'refreshToken',
      title: 'Refresh token',
      description: 'Only in place of signing in, along with an access token: it keeps the sign-in going.',
      required: false,
    },
  ],
  signIn: {
    steps: [
      'Open Zoom’s App Marketplace, choose “Develop”, “Build App”, and create a “General App” that is managed by users.',
      'Copy its “Public Client ID” if it shows one, else the “Client ID” and the “Client Secret”, into Muster.',
      'As “OAuth Redirect URL”, enter http://127.0.0.1/zoom and add the same address to the “OAuth Allow Lists”.',
      'Under “Scopes”, add the permissions listed here, one by one; add the one that ends in :admin only if you are an admin and want it.',
      'Paste an access token here only to try it out: it ends after an hour. Signing in lasts.',
    ],
    oauthSteps: [
      'Open Zoom’s App Marketplace, choose “Develop”, “Build App”, and create a “General App” that is managed by users.',
      'Copy its “Public Client ID” if it shows one, else the “Client ID” and the “Client Secret”, into Muster.',
      'As “OAuth Redirect URL”, enter http://127.0.0.1/zoom and add the same address to the “OAuth Allow Lists”.',
      'Under “Scopes”, add the permissions listed here, one by one; add the one that ends in :admin only if you are an admin and want it.',
      'Choose “Sign in”. An app that is not published works only in the Zoom account that made it, and an admin may have to approve it first.',
    ],
    appManifest: null,
    portalUrl: 'https://marketplace.zoom.us/user/build',
    permissions: ZOOM_SCOPES,
  },
  documentationUrl: 'https://developers.zoom.us/docs/api/',
  verifiedLive: null,
};
