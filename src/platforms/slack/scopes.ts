import type { Permission } from '../manifest.ts';

/** The user scopes that Muster asks for, and why (docs.slack.dev/reference/scopes). */
export const SLACK_SCOPES: readonly Permission[] = [
  { scope: 'users:read', required: true, purpose: 'to list your colleagues and to see who is active' },
  {
    scope: 'users.profile:read',
    required: true,
    purpose: 'to read your own status, so that it can be put back exactly',
  },
  { scope: 'users.profile:write', required: true, purpose: 'to set your status text, emoji and when they end' },
  { scope: 'users:write', required: true, purpose: 'to show you as away, and to end that' },
  { scope: 'dnd:read', required: true, purpose: 'to see who does not want to be disturbed' },
  { scope: 'dnd:write', required: true, purpose: 'to pause and resume your own notifications' },
  {
    scope: 'users:read.email',
    required: false,
    purpose: 'to recognise the same colleague on other platforms by email address',
  },
  { scope: 'emoji:read', required: false, purpose: 'to show your workspace’s own emoji in status messages' },
];
