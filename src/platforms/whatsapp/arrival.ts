import type { AdapterContext } from '../platform.ts';
import type { PhoneNumber } from './schema.ts';

const NO_ADDRESS =
  'Muster has no public address, so that WhatsApp can tell it nothing: start it with --public-url, then enter the webhook’s address at Meta.';
const NOT_CONFIGURED =
  'Meta sends this number’s events nowhere yet: enter the webhook’s address in your Meta app, as the account’s page describes.';
const ELSEWHERE =
  'Meta sends this number’s events to another address. Unless they are handed on from there, enter this account’s webhook address in your Meta app instead.';

/** Whether what happens at WhatsApp arrives here: by where Meta says that it sends it, and by what does arrive. */
export class Arrival {
  readonly #context: Pick<AdapterContext, 'report' | 'webhookUrl'>;
  #trouble: string | null = null;
  #channel: 'up' | 'down' | null = null;
  #heard = false;

  constructor(context: Pick<AdapterContext, 'report' | 'webhookUrl'>) {
    this.#context = context;
  }

  /** What keeps events from coming, in a sentence; null when nothing is known to. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Meta was asked where it sends this number's events. */
  checked(number: PhoneNumber): void {
    this.#trouble = this.#heard ? null : troubleOf(number, this.#context.webhookUrl);
    this.#heard = false;
    if (this.#trouble === null) this.#tell('up');
    else if (this.#channel !== null) this.#tell('down');
  }

  /** An authentic event came: until the next check but one that proves more than Meta's settings, which know of no relay. */
  heard(): void {
    this.#trouble = null;
    this.#heard = true;
    this.#tell('up');
  }

  #tell(state: 'up' | 'down'): void {
    if (this.#channel === state) return;
    this.#channel = state;
    this.#context.report.channel(state);
  }
}

/** The most specific address is in force. Older versions of the API tell none. */
function troubleOf(number: PhoneNumber, webhookUrl: string | null): string | null {
  if (webhookUrl === null) return NO_ADDRESS;
  const { phone_number, whatsapp_business_account, application } = number.webhook_configuration ?? {};
  const inForce = phone_number ?? whatsapp_business_account ?? application;
  if (inForce === undefined) return NOT_CONFIGURED;
  return placeOf(inForce) === placeOf(webhookUrl) ? null : ELSEWHERE;
}

/** Without the query: people enter the address that is shown, which has no key, since deliveries prove themselves by their signature. */
function placeOf(address: string): string {
  const url = URL.parse(address);
  return url === null ? address : `${url.origin}${url.pathname}`;
}
