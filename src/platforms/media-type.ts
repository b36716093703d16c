/** Pictures' media types by their first bytes; what a server claims does not count. SVG has none of these, and is thus refused. */
const SIGNATURES: readonly (readonly [mediaType: string, offset: number, bytes: string])[] = [
  ['image/png', 0, '\x89PNG\r\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
];

/** The media type of a picture's bytes; null for anything that is not shown. */
export function mediaTypeOf(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  const match = SIGNATURES.find(([, offset, signature]) => start.startsWith(signature, offset));
  return match?.[0] ?? null;
}
