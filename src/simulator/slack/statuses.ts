/** Statuses that people set, with how many minutes they last; null: until cleared. */
export const STATUSES: readonly { readonly text: string; readonly emoji: string; readonly minutes: number | null }[] = [
  { text: 'In a meeting', emoji: ':calendar:', minutes: 45 },
  { text: 'Commuting', emoji: ':bus:', minutes: 40 },
  { text: 'Out sick', emoji: ':face_with_thermometer:', minutes: 600 },
  { text: 'Vacationing', emoji: ':palm_tree:', minutes: 7 * 24 * 60 },
  { text: 'Working remotely', emoji: ':house_with_garden:', minutes: 480 },
  { text: 'Lunch', emoji: ':sandwich:', minutes: 50 },
  { text: 'Heads down until the release', emoji: ':headphones:', minutes: 120 },
  { text: 'On call this week :fire:', emoji: ':pager-duty:', minutes: null },
  { text: '', emoji: ':coffee:', minutes: 20 },
  { text: 'Ask me about the new onboarding', emoji: ':speech_balloon:', minutes: null },
];
