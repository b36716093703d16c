/** What a coloured part means; words say the same beside it. */
export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'bad';
