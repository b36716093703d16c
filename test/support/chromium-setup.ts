import { prepareChromium } from './chromium.ts';

/** Global set-up of the browser tests. */
export function setup(): Promise<() => void> {
  return prepareChromium();
}
