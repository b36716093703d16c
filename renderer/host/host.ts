import type { HostBridge } from '../../src/contract/index.ts';

declare global {
  interface Window {
    /** Exposed by the desktop app's preload script; absent in a browser. */
    readonly musterHost?: HostBridge;
  }
}

/** The desktop app around this page; null in a browser. */
export const host = (): HostBridge | null => window.musterHost ?? null;

/** Whether this is the computer's Command key (⌘) or its Control key that leads shortcuts. */
export const shortcutKey = (): 'meta' | 'ctrl' => {
  const bridge = host();
  const mac = bridge === null ? /mac|iphone|ipad/i.test(navigator.userAgent) : bridge.os === 'darwin';
  return mac ? 'meta' : 'ctrl';
};

/**
 * Opens a link in its own program: another app's deep link, or a web page outside of this window. Fails where the desktop app
 * does not open such links.
 */
export const openExternal = async (url: string): Promise<void> => {
  const bridge = host();
  if (bridge !== null) {
    await bridge.request('openExternal', { url });
    return;
  }
  const link = document.createElement('a');
  link.href = url;
  link.rel = 'noreferrer noopener';
  if (/^https?:/.test(url)) link.target = '_blank';
  link.click();
};
