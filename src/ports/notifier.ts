/** A notification that the host shows (Electron natively; headless it is only an `alert` event). */
export interface Notification {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** The person to open when it is clicked; null when it is about nobody. */
  readonly contactId: string | null;
  /** The account that it is about. */
  readonly accountId?: string;
}

/** Shows notifications. Resolves false when the system refused or has none. */
export interface Notifier {
  notify(notification: Notification): Promise<boolean>;
}
