import type { samePerson as english } from '../en/same-person.ts';
import type { Translation } from '../translation.ts';

export const samePerson: Translation<typeof english> = {
  link_one: '{{count}} Paar ist vielleicht dieselbe Person',
  link_other: '{{count}} Paare sind vielleicht dieselbe Person',
  score: 'zu {{score}} sicher',
  zone: 'Zeitzone: {{city}}',
  linked: '{{name}} und {{other}} sind jetzt eine Person.',
  refused: '{{name}} und {{other}} bleiben zwei. Du wirst nicht wieder gefragt.',
  undoOf: 'Rückgängig: {{name}} und {{other}}',
  more_one: 'Ein weiteres Paar folgt, sobald über diese entschieden ist.',
  more_other: '{{count}} weitere Paare folgen, sobald über diese entschieden ist.',
};
