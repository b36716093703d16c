import { xml } from '@xmpp/client';
import type { AdapterContext } from '../platform.ts';
import { StanzaRefused } from './errors.ts';
import { parseJid } from './jid.ts';
import type { XmppSettings } from './manifest.ts';
import { NS } from './namespaces.ts';
import { parseLastSeconds, parseVcard } from './schema.ts';
import type { XmppSession } from './session.ts';

/** What is asked one by one, slowly, after a login. */
const QUESTIONS = { lastActivity: NS.last, vcard: NS.vcard } as const;
type Question = keyof typeof QUESTIONS;

/** So many refusals of people at one domain, and the whole domain is taken to refuse. */
const DOMAIN_REFUSALS = 5;

/**
 * Asks contacts' servers for details (XEP-0012, vCard) at a pace that no server minds. Who refused is not asked again while the
 * account runs; a domain that refuses everybody neither.
 */
export class DetailQueue {
  readonly #context: AdapterContext<XmppSettings>;
  readonly #session: XmppSession;
  readonly #refused = new Set<string>();
  readonly #refusalsOfDomain = new Map<string, number>();
  #running = false;
  readonly #pending = new Map<string, () => Promise<void>>();

  constructor(context: AdapterContext<XmppSettings>, session: XmppSession) {
    this.#context = context;
    this.#session = session;
  }

  /** Asks when each of them was last there; `found` gets seconds ago. */
  askLastActivity(jids: readonly string[], found: (jid: string, seconds: number) => void): void {
    for (const jid of jids) {
      this.#enqueue('lastActivity', jid, async () => {
        const seconds = parseLastSeconds(await this.#ask('lastActivity', jid, 'query'));
        if (seconds === null) this.#refused.add(`lastActivity ${jid}`);
        else found(jid, seconds);
      });
    }
  }

  /** Asks for the name in the vCard of each of them. */
  askVcardName(jids: readonly string[], found: (jid: string, name: string) => void): void {
    for (const jid of jids) {
      this.#enqueue('vcard', jid, async () => {
        const { name } = parseVcard(await this.#ask('vcard', jid, 'vCard'));
        if (name === null) this.#refused.add(`vcard ${jid}`);
        else found(jid, name);
      });
    }
  }

  async #ask(question: Question, jid: string, element: string) {
    await this.#context.budget(QUESTIONS[question], 120).take(this.#context.signal);
    return this.#session.request('get', xml(element, { xmlns: QUESTIONS[question] }), { to: jid });
  }

  #enqueue(question: Question, jid: string, ask: () => Promise<void>): void {
    const key = `${question} ${jid}`;
    const domain = `${question} ${parseJid(jid)?.domain ?? jid}`;
    if (this.#refused.has(key) || (this.#refusalsOfDomain.get(domain) ?? 0) >= DOMAIN_REFUSALS) return;
    this.#pending.set(key, async () => {
      if ((this.#refusalsOfDomain.get(domain) ?? 0) >= DOMAIN_REFUSALS) return;
      try {
        await ask();
        this.#refusalsOfDomain.delete(domain);
      } catch (error) {
        if (!(error instanceof StanzaRefused)) throw error;
        this.#refused.add(key);
        this.#refusalsOfDomain.set(domain, (this.#refusalsOfDomain.get(domain) ?? 0) + 1);
      }
    });
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let next = this.#next(); next; next = this.#next()) await next();
    } catch {
      // The connection went; after the next login everything that is still unknown is asked anew.
      this.#pending.clear();
    } finally {
      this.#running = false;
    }
  }

  #next(): (() => Promise<void>) | null {
    const [first] = this.#pending;
    if (!first) return null;
    this.#pending.delete(first[0]);
    return first[1];
  }
}
