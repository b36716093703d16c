/** People who may be one. */
export const samePerson = {
  link_one: '{{count}} pair may be the same person',
  link_other: '{{count}} pairs may be the same person',
  score: '{{score}} sure',
  zone: 'Time zone: {{city}}',
  linked: '{{name}} and {{other}} are one person now.',
  refused: '{{name}} and {{other}} stay two people. You are not asked again.',
  undoOf: 'Undo: {{name}} and {{other}}',
  more_one: 'One more pair follows once these are decided.',
  more_other: '{{count}} more pairs follow once these are decided.',
} as const;
