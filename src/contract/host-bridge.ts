/**
 * What a desktop window's host can do for it, beside the API. Small on purpose: everything about people and status goes over the
 * contract's routes. Each message is parsed by its schema in the main process, and only the app's own windows may send.
 */
import { z } from 'zod';

export const HOST_REQUESTS = {
  /** Opens (or focuses) the main window at a path of the interface. */
  openMain: z.strictObject({
    path: z
      .string()
      .regex(/^\/[\w\-/.:@%?=&]*$/)
      .max(500),
  }),
  hidePopover: z.strictObject({}),
  /** Opens a link in its own program; only allow-listed schemes and hosts pass. */
  openExternal: z.strictObject({ url: z.string().max(2_000) }),
  /** Opens the sign-in window, which is destroyed on submit, so that no pasted secret stays in a renderer. */
  openSignIn: z.strictObject({
    platform: z.string().max(40),
    accountId: z.string().max(200).nullable(),
    /** What was chosen where a platform offers both: its page in the browser, or what is pasted. */
    way: z.enum(['browser', 'paste']).optional(),
  }),
  /** Closes the window that asks (the sign-in window after its submit). */
  closeWindow: z.strictObject({}),
} as const;

export type HostRequest = keyof typeof HOST_REQUESTS;

/** The object that the preload script exposes as `window.musterHost`; absent in a browser. */
export interface HostBridge {
  readonly kind: 'main' | 'popover' | 'sign-in';
  readonly os: 'darwin' | 'win32' | 'linux';
  request<Name extends HostRequest>(name: Name, value: z.infer<(typeof HOST_REQUESTS)[Name]>): Promise<void>;
  /** The host asks the window to show a path (a notification was clicked, a deep link). Returns the unsubscribe. */
  onNavigate(listener: (path: string) => void): () => void;
}
