import { rmSync } from 'node:fs';

/** Removes a folder that a process of a test wrote to; one that was just killed can have a last call of the system under way. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
