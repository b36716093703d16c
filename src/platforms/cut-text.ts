/** At most `most` code points of the text, cut between graphemes and marked with an ellipsis where something was left out. */
export function cutText(text: string, most: number): string {
  if ([...text].length <= most) return text;
  let kept = '';
  let length = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    length += [...segment].length;
    if (length > most - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
