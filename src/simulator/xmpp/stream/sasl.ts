import type { Directory } from '../accounts/directory.ts';
import { matchesPassword, type ScramExchange, startScram } from '../accounts/scram.ts';

/** Mechanisms the server may offer. */
export type SaslMechanism = 'SCRAM-SHA-256' | 'SCRAM-SHA-1' | 'PLAIN';

/** What to answer to one step. */
export type SaslStep =
  | { readonly step: 'challenge'; readonly text: string }
  | { readonly step: 'success'; readonly username: string; readonly text: string }
  | { readonly step: 'failure'; readonly condition: string };

const failure = (condition: string): SaslStep => ({ step: 'failure', condition });
const NOT_BASE64 = /[^A-Za-z0-9+/=]/;

/** One login (RFC 6120 §6): fed with the client's messages in base64. */
export class SaslLogin {
  readonly #directory: Directory;
  readonly #offered: readonly SaslMechanism[];
  #exchange: ScramExchange | undefined;

  constructor(directory: Directory, offered: readonly SaslMechanism[]) {
    this.#directory = directory;
    this.#offered = offered;
  }

  start(mechanism: string | undefined, initial: string): SaslStep {
    const known = this.#offered.find((one) => one === mechanism);
    if (known === undefined) return failure('invalid-mechanism');
    if (NOT_BASE64.test(initial)) return failure('incorrect-encoding');
    const message = Buffer.from(initial, 'base64').toString('utf8');
    if (known === 'PLAIN') {
      const [authorisation, username, password] = message.split('\0');
      if (username === undefined || password === undefined) return failure('malformed-request');
      if (authorisation !== '' && authorisation !== `${username}@${this.#directory.domain}`) {
        return failure('invalid-authzid');
      }
      const right = matchesPassword(this.#directory.credentialsFor(username).of('sha1'), password);
      return right ? this.#accept(username, '') : failure('not-authorized');
    }
    const hash = known === 'SCRAM-SHA-256' ? 'sha256' : 'sha1';
    this.#exchange = startScram(message, (username) => this.#directory.credentialsFor(username).of(hash));
    if (this.#exchange === undefined) return failure('malformed-request');
    return { step: 'challenge', text: this.#exchange.challenge };
  }

  respond(response: string): SaslStep {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    if (exchange === undefined) return failure('malformed-request');
    if (NOT_BASE64.test(response)) return failure('incorrect-encoding');
    const verifier = exchange.finish(Buffer.from(response, 'base64').toString('utf8'));
    return verifier === undefined ? failure('not-authorized') : this.#accept(exchange.username, verifier);
  }

  #accept(username: string, text: string): SaslStep {
    const account = this.#directory.find(username);
    if (account === undefined) return failure('not-authorized');
    return account.disabled ? failure('account-disabled') : { step: 'success', username: account.username, text };
  }
}
