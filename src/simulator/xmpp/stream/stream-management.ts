import { NS } from '../namespaces.ts';
import { element, type XmlElement } from '../xml/element.ts';

/** Counters and queue of one XEP-0198 session. They are compared modulo 2^32. */
export class StreamManagement {
  readonly id: string;
  /** Stanzas handled from the client: our `h`. */
  handled = 0;
  #acknowledged = 0;
  #unacknowledged: XmlElement[] = [];

  constructor(id: string) {
    this.id = id;
  }

  /** Notes a stanza on its way to the client. */
  sent(stanza: XmlElement): void {
    this.#unacknowledged.push(stanza);
  }

  handledOne(): void {
    this.handled = (this.handled + 1) % 2 ** 32;
  }

  /** Takes the client's `h`; says why it can't be true, or undefined. */
  acknowledge(h: string | undefined): XmlElement | undefined {
    const value = Number(h);
    const newly = (value - this.#acknowledged + 2 ** 32) % 2 ** 32;
    if (h === undefined || !Number.isInteger(value) || newly > this.#unacknowledged.length) {
      const sent = (this.#acknowledged + this.#unacknowledged.length) % 2 ** 32;
      return element(NS.sm, 'handled-count-too-high', { h: String(h), 'send-count': String(sent) });
    }
    this.#acknowledged = value;
    this.#unacknowledged = this.#unacknowledged.slice(newly);
    return undefined;
  }

  /** What the client has not acknowledged, to be sent again after a resumption. */
  get unacknowledged(): readonly XmlElement[] {
    return this.#unacknowledged;
  }
}
