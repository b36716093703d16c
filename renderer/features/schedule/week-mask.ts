/** Minutes of a day and of a week; a week begins on Monday at 00:00. */
export const dayMinutes = 1_440;
export const weekMinutes = 7 * dayMinutes;

/** Minutes since the start of the week (or of a day), the end exclusive. */
export type Span = readonly [from: number, to: number];

/** What is painted on a week: sorted spans within 0–10080 that neither overlap nor touch. */
export type WeekMask = readonly Span[];

const joined = (spans: readonly Span[]): WeekMask => {
  const result: [number, number][] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else if (from < to) result.push([from, to]);
  }
  return result;
};

/** Any spans as a mask; what reaches beyond an end of the week goes on at the other. */
export const maskOf = (spans: readonly Span[]): WeekMask =>
  joined(
    spans.flatMap(([from, to]): Span[] => {
      const length = Math.min(to - from, weekMinutes);
      if (length <= 0) return [];
      const start = ((from % weekMinutes) + weekMinutes) % weekMinutes;
      const end = start + length;
      return end <= weekMinutes
        ? [[start, end]]
        : [
            [start, weekMinutes],
            [0, end - weekMinutes],
          ];
    }),
  );

/** The mask with more painted. */
export const painted = (mask: WeekMask, spans: readonly Span[]): WeekMask => maskOf([...mask, ...spans]);

/** The mask with spans (each within the week) taken out. */
export const erased = (mask: WeekMask, spans: readonly Span[]): WeekMask =>
  spans.reduce<WeekMask>(
    (rest, [from, to]) =>
      rest.flatMap((span): Span[] => {
        if (to <= span[0] || from >= span[1]) return [span];
        const left: Span[] = span[0] < from ? [[span[0], from]] : [];
        return to < span[1] ? [...left, [to, span[1]]] : left;
      }),
    mask,
  );

/** Whether a span is painted from its start to its end. */
export const isPainted = (mask: WeekMask, [from, to]: Span): boolean =>
  mask.some((span) => span[0] <= from && to <= span[1]);

/** The part of a mask that lies on a day (0 = Monday), in minutes of that day. */
export const onDay = (mask: WeekMask, day: number): readonly Span[] => {
  const start = day * dayMinutes;
  return mask.flatMap(([from, to]): Span[] => {
    const cut: Span = [Math.max(from, start) - start, Math.min(to, start + dayMinutes) - start];
    return cut[0] < cut[1] ? [cut] : [];
  });
};
