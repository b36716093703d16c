/** Where the browser may come back to; as in `platforms/oauth.ts`. */
export interface RedirectAddress {
  readonly host: '127.0.0.1' | 'localhost';
  readonly path: string;
  /** `any`: a free one; else the first of these that is free. */
  readonly ports: 'any' | readonly number[];
}

/** A page that waits for the browser, on this machine only. */
export interface OpenRedirect {
  readonly redirectUri: string;
  /** Stops listening; what was being answered still is. A second time does nothing. */
  close(): void;
}

/** Opens pages for the browser to come back to. */
export interface RedirectListener {
  /**
   * Any page of the browser can call this address, so that `take` judges each answer, given whole. The first one that it takes is the
   * last; others are told in the browser that they do not belong here, and the waiting goes on. Rejects with `conflict` when no port
   * is free.
   */
  open(address: RedirectAddress, take: (url: URL) => boolean): Promise<OpenRedirect>;
}
