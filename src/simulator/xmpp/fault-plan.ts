/** How the server mistreats requests of one namespace. */
export type IqFault = { readonly answer: 'silence' } | { readonly answer: 'error'; readonly condition: string };

/** What tests asked to go wrong; read by the streams. */
export class XmppFaultPlan {
  /** Each write waits so long, ms. */
  delayMs = 0;
  /** Neither reads nor writes: the other side sees a connection without life. */
  frozen = false;
  /** So many logins are refused with `temporary-auth-failure`. */
  temporaryAuthFailures = 0;
  /** Replaces the next stanza to a user by bytes that are no XML. */
  readonly malformedFor = new Set<string>();
  readonly iq = new Map<string, IqFault>();

  /** Whether this login is one to refuse. */
  takeAuthFailure(): boolean {
    if (this.temporaryAuthFailures === 0) return false;
    this.temporaryAuthFailures -= 1;
    return true;
  }

  heal(): void {
    this.delayMs = 0;
    this.frozen = false;
    this.temporaryAuthFailures = 0;
    this.malformedFor.clear();
    this.iq.clear();
  }
}
