/** Why two identities may be one person, strongest kinds first. */
export const SAME_PERSON_REASONS = [
  /** An address on one platform is spelled like the confirmed email on another: likely, not certain. */
  'address-equals-email',
  'same-picture',
  'same-email-name',
  'same-name',
  'similar-name',
  'nickname',
  'initials',
  'handle-matches-name',
  'email-matches-name',
  'same-time-zone',
] as const;

/** One piece of evidence, with what is shared, to be shown. */
export interface SamePersonReason {
  readonly kind: (typeof SAME_PERSON_REASONS)[number];
  readonly detail: string;
}
