import { utilityProcess } from 'electron';
import type { KeytarHelper } from '../../src/infra/keychain/keytar-process.ts';

/**
 * Starts the keychain's helper as a process of Electron's own kind: a packaged Electron cannot be a plain Node, which is what the
 * headless host forks. `file` is the built `keytar-child.js`.
 */
export function startKeytarUtility(file: string): KeytarHelper {
  const child = utilityProcess.fork(file, [], { stdio: 'ignore', serviceName: 'Muster keychain' });
  return {
    send: (request) => child.postMessage(request),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill(),
  };
}
