import type { Resource } from '../accounts/account.ts';
import type { XmlElement } from '../xml/element.ts';
import type { StreamManagement } from './stream-management.ts';

/** The stream a session writes to. */
export interface StanzaSink {
  send(stanza: XmlElement): void;
  fail(condition: string): void;
}

/** A real client's resource: outlives its stream while stream management may bring it back. */
export class BoundSession implements Resource {
  readonly name: string;
  presence: XmlElement | undefined = undefined;
  presenceAt = 0;
  priority = 0;
  interested = false;
  readonly directed = new Set<string>();
  features: ReadonlySet<string> | undefined = undefined;
  sink: StanzaSink | undefined;
  management: StreamManagement | undefined = undefined;
  /** Runs out when nobody resumes. */
  hibernation: NodeJS.Timeout | undefined = undefined;

  constructor(name: string, sink: StanzaSink) {
    this.name = name;
    this.sink = sink;
  }

  deliver(stanza: XmlElement): void {
    this.management?.sent(stanza);
    this.sink?.send(stanza);
  }

  end(condition: string): void {
    this.sink?.fail(condition);
  }
}
