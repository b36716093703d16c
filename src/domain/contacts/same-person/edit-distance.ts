/** Whether one text becomes the other by at most one inserted, left out, changed or swapped letter (Damerau 1964). */
export function withinOneEdit(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  if (a.length > b.length) return a.slice(start + 1) === b.slice(start);
  if (b.length > a.length) return b.slice(start + 1) === a.slice(start);
  if (a.slice(start + 1) === b.slice(start + 1)) return true;
  return a[start] === b[start + 1] && a[start + 1] === b[start] && a.slice(start + 2) === b.slice(start + 2);
}

/** The text and everything that is left of it without one letter: texts within one edit of each other share one of these. */
export function deletions(text: string): string[] {
  const all = [text];
  for (let at = 0; at < text.length; at += 1) all.push(text.slice(0, at) + text.slice(at + 1));
  return all;
}
