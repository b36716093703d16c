/** Settings that a platform may leave without a title of its own; their words are in the catalogue. */
export const namedFields = [
  'apiUrl',
  'authUrl',
  'graphUrl',
  'authority',
  'clientId',
  'cloud',
  'guildIds',
  'ipcPath',
  'people',
  'phoneNumberId',
  'plan',
  'teamId',
  'tenant',
  'userId',
  'websocketUrl',
] as const;

/** Values to choose from that are words for people; any other is a name of the platform's own and stays as it is. */
export const namedChoices = ['business', 'china', 'commercial', 'free', 'global', 'government', 'pro'] as const;
