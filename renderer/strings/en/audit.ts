/** The audit trail: what happened with sign-ins, consent and secrets. */
export const audit = {
  title: 'What happened',
  intro: 'Every sign-in, consent and change of secrets, of removed accounts too. Entries are only ever added.',
  export: 'Save as a file',
  older: 'Show older entries',
  empty: 'Nothing yet.',
  event: {
    'signed-in': 'Signed in',
    'sign-in-failed': 'Sign-in failed',
    'signed-out': 'Signed out',
    'consent-granted': 'Consent given',
    'consent-changed': 'Consent changed',
    'secrets-replaced': 'Secrets replaced',
    'token-refreshed': 'Access renewed',
    'token-refresh-failed': 'Renewal failed',
    'token-revoked': 'Access revoked',
    'needs-sign-in': 'Needs sign-in',
    'webhook-rejected': 'Event rejected',
    'secrets-moved': 'Secrets moved',
    'vault-rekeyed': 'Vault re-keyed',
    exported: 'Exported',
  },
} as const;
