/** A notification that the host shows (Electron natively; headless it is only an `alert` event). */
export interface Notification {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** Opened when it is clicked; null for one that only informs. */
  readonly contactId: string | null;
}

/** Shows notifications. Resolves false when the system refused or has none. */
export interface Notifier {
  notify(notification: Notification): Promise<boolean>;
}
