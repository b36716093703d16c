import { createClient } from '../transport/client.ts';
import { useConnectionStore } from './connection-store.ts';

/** The page's client. Only stores and commands use it; components call commands. */
export const call = createClient({
  fetch: (...request) => globalThis.fetch(...request),
  onSignedOut: () => useConnectionStore.setState({ state: 'signed-out' }),
});
