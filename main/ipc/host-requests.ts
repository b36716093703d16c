import type { IpcMain, WebContents, WebFrameMain } from 'electron';
import type { z } from 'zod';
import { HOST_REQUESTS, type HostRequest } from '../../src/contract/host-bridge.ts';
import type { Logger } from '../../src/ports/logger.ts';
import { isInterfaceUrl } from '../interface/scheme.ts';
import { HOST_CHANNEL } from './channels.ts';

/** Who asks, as far as it can be told. */
export type Sender = { readonly sender: WebContents; readonly senderFrame: WebFrameMain | null };

/** What answers each request; `sender` is one of our windows' pages. */
export type HostHandlers = {
  readonly [Name in HostRequest]: (value: z.infer<(typeof HOST_REQUESTS)[Name]>, sender: WebContents) => void;
};

/** Whether a message comes from the main frame of one of our windows, showing a page of ours. */
export function isTrusted({ sender, senderFrame }: Sender, isOurs: (contents: WebContents) => boolean): boolean {
  return isOurs(sender) && senderFrame !== null && senderFrame === sender.mainFrame && isInterfaceUrl(senderFrame.url);
}

/** Answers the pages' requests: only those of our own windows, only by their schemas. A refusal says no more than that. */
export function handleHostRequests(options: {
  readonly ipc: IpcMain;
  readonly isOurs: (contents: WebContents) => boolean;
  readonly handlers: HostHandlers;
  readonly logger: Logger;
}): void {
  const { ipc, isOurs, handlers, logger } = options;
  ipc.handle(HOST_CHANNEL, (event, name: unknown, value: unknown) => {
    if (!isTrusted(event, isOurs)) {
      logger.warn('refused a message from a page that is not ours');
      throw new Error('Refused.');
    }
    if (typeof name !== 'string' || !isRequest(name)) throw new Error('There is no such request.');
    answer(name, value, handlers, event.sender);
  });
}

function isRequest(name: string): name is HostRequest {
  return Object.hasOwn(HOST_REQUESTS, name);
}

function answer<Name extends HostRequest>(
  name: Name,
  value: unknown,
  handlers: HostHandlers,
  sender: WebContents,
): void {
  const parsed = HOST_REQUESTS[name].safeParse(value);
  if (!parsed.success) throw new Error('The request is not valid.');
  // The schema that parsed it is the one that the handler's type is inferred from; the index by a type parameter hides that.
  handlers[name](parsed.data as z.infer<(typeof HOST_REQUESTS)[Name]>, sender);
}
