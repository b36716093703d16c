import type { Permission } from '../manifest.ts';

/** The granular scopes that Muster asks for, and why (developers.zoom.us/docs/integrations/oauth-scopes-granular). */
export const ZOOM_SCOPES: readonly Permission[] = [
  { scope: 'user:read:user', required: true, purpose: 'to know who you are on Zoom' },
  { scope: 'team_chat:read:list_contacts', required: true, purpose: 'to list your Zoom contacts' },
  { scope: 'team_chat:read:contact', required: true, purpose: 'to see which of your contacts are around' },
  {
    scope: 'user:read:presence_status',
    required: true,
    purpose: 'to read your own status, so that it can be put back exactly',
  },
  { scope: 'user:update:presence_status', required: true, purpose: 'to set your own status and do-not-disturb' },
  {
    scope: 'user:read:presence_status:admin',
    required: false,
    purpose: 'to see colleagues whom your contacts do not show; only an admin can grant it',
  },
];
