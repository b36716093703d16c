/** The hue (0–359) of someone's avatar: the same name always has the same colour. */
export const hueOf = (name: string): number => {
  let hash = 7;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 360_007;
  return hash % 360;
};

/** One or two capital letters for a name: of the first and the last word; `?` when there is no letter or digit at all. */
export const initialsOf = (name: string): string => {
  const words = name
    .split(/[\s._@-]+/u)
    .map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? '')
    .filter((letter) => letter !== '');
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return `${first}${last}`.toLocaleUpperCase();
};
