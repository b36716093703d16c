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
  /** `landed` is called at most once, with the whole address. Rejects with `conflict` when no port is free. */
  open(address: RedirectAddress, landed: (url: URL) => void): Promise<OpenRedirect>;
}
