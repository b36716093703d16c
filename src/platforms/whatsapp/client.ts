import { createHmac } from 'node:crypto';
import { MusterError } from '../../domain/errors.ts';
import { BearerApi } from '../bearer-api.ts';
import type { AdapterContext, JsonValue } from '../platform.ts';
import { missingSecret, refusalOf, wrongAppSecret } from './errors.ts';
import { apiUrlOf, type WhatsappSettings } from './manifest.ts';
import { type PhoneNumber, phoneNumberSchema, profileSchema, successSchema } from './schema.ts';

/** Calls an hour per app and business account unless messages are sent: 200 (graph-api/overview/rate-limiting, “WhatsApp Business Management API”). */
export const BUDGET = { name: 'graph', limits: [{ calls: 200, seconds: 3_600 }] };

/** The Graph API as far as Muster calls it, for one phone number. */
export class WhatsappClient {
  /** Told once when only a new token helps. */
  readonly api: BearerApi;
  readonly #base: URL;

  private constructor(context: AdapterContext<WhatsappSettings>, token: string, appSecret: string) {
    this.#base = new URL(`${context.settings.phoneNumberId}/`, apiUrlOf(context.settings));
    // Proves with each call that the secret belongs to the token's app (graph-api/guides/secure-requests).
    const proof = createHmac('sha256', appSecret).update(token).digest('hex');
    this.api = new BearerApi({
      context,
      platform: 'WhatsApp',
      // A pasted token: there is never another one.
      tokens: { current: async () => token, refused: () => undefined },
      refusal: (refusal) => refusalOf(refusal, context.clock),
      sign: (url) => {
        const signed = new URL(url);
        signed.searchParams.set('appsecret_proof', proof);
        return signed;
      },
    });
  }

  /** With the account's secrets; rejects when one is missing. */
  static async open(context: AdapterContext<WhatsappSettings>): Promise<WhatsappClient> {
    const [token, appSecret, verifyToken] = await Promise.all(
      ['accessToken', 'appSecret', 'verifyToken'].map(async (key) => (await context.secrets.get(key))?.trim() ?? ''),
    );
    if (!token || !/^[\x21-\x7e]+$/.test(token)) throw missingSecret('WhatsApp access token');
    if (!appSecret) throw missingSecret('app secret of your Meta app');
    if (!verifyToken) throw missingSecret('verify token for WhatsApp’s webhook');
    return new WhatsappClient(context, token, appSecret);
  }

  /** The number that the account is about; the cheapest call that proves the credentials. */
  async phoneNumber(options: { signal?: AbortSignal; signingIn?: boolean } = {}): Promise<PhoneNumber> {
    const url = new URL(this.#base.href.slice(0, -1));
    url.searchParams.set('fields', 'id,display_phone_number,verified_name,webhook_configuration');
    try {
      return await this.api.call({
        name: 'the phone number',
        verb: 'GET',
        url,
        schema: phoneNumberSchema,
        budget: BUDGET,
        signal: options.signal,
        urgent: true,
      });
    } catch (thrown) {
      if (options.signingIn && thrown instanceof MusterError && thrown.params.error === 100) {
        throw thrown.code === 'invalid-settings' ? thrown : wrongAppSecret(thrown);
      }
      throw thrown;
    }
  }

  /** The “About” text of the business profile; empty when there is none. */
  async about(signal: AbortSignal): Promise<string> {
    const url = new URL('whatsapp_business_profile', this.#base);
    url.searchParams.set('fields', 'about');
    const { data } = await this.api.call({
      name: 'whatsapp_business_profile',
      verb: 'GET',
      url,
      schema: profileSchema,
      budget: BUDGET,
      signal,
      urgent: true,
    });
    return data[0]?.about ?? '';
  }

  /** Sets it: 1 to 139 characters (business-phone-numbers/business-profiles). */
  async setAbout(about: string, signal: AbortSignal): Promise<void> {
    const body: JsonValue = { messaging_product: 'whatsapp', about };
    const { success } = await this.api.call({
      name: 'whatsapp_business_profile',
      verb: 'POST',
      url: new URL('whatsapp_business_profile', this.#base),
      body,
      schema: successSchema,
      budget: BUDGET,
      signal,
      urgent: true,
    });
    if (!success) {
      throw new MusterError('protocol-error', 'WhatsApp did not change the “About” text and did not say why.');
    }
  }
}
