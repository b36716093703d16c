/** A picture as it is kept and served. */
export interface CachedPicture {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** Pictures in the home, by an opaque hash. */
export interface PictureCache {
  read(hash: string): Promise<CachedPicture | null>;
  write(hash: string, picture: CachedPicture): Promise<void>;
  delete(hashes: readonly string[]): Promise<void>;
  hashes(): Promise<string[]>;
}
