/** A business on WhatsApp: its app, tokens, phone numbers and the people it talks with. No HTTP. */

/** A phone number of the business. */
export interface BusinessNumber {
  readonly id: string;
  readonly displayPhoneNumber: string;
  readonly verifiedName: string;
  /** Empty: none was ever written. */
  about: string;
}

/** What a system user's token may do. */
export interface SystemUserToken {
  readonly token: string;
  readonly scopes: readonly string[];
  /** Ms since the epoch; null: does not end. */
  expiresAt: number | null;
  revoked: boolean;
}

/** Somebody with WhatsApp. People with a user name hide their number from businesses. */
export interface WhatsappUser {
  readonly waId: string;
  /** The business-scoped id; null as before they were introduced. */
  readonly userId: string | null;
  readonly name: string;
  readonly username: string | null;
}

const ALL_SCOPES = ['whatsapp_business_messaging', 'whatsapp_business_management'];

/** The business's state. */
export class WhatsappBusiness {
  readonly accountId = '102290129340398';
  readonly appSecret: string;
  readonly numbers = new Map<string, BusinessNumber>();
  readonly users = new Map<string, WhatsappUser>();
  readonly #tokens = new Map<string, SystemUserToken>();

  constructor(appSecret: string) {
    this.appSecret = appSecret;
  }

  addNumber(number: BusinessNumber): BusinessNumber {
    this.numbers.set(number.id, number);
    return number;
  }

  addUser(user: WhatsappUser): WhatsappUser {
    this.users.set(user.waId, user);
    return user;
  }

  issueToken(options: { scopes?: readonly string[]; expiresAt?: number } = {}): string {
    const token = `EAAsim${this.#tokens.size}${'x'.repeat(24)}`;
    const { scopes = ALL_SCOPES, expiresAt = null } = options;
    this.#tokens.set(token, { token, scopes, expiresAt, revoked: false });
    return token;
  }

  token(text: string): SystemUserToken | undefined {
    return this.#tokens.get(text);
  }
}
