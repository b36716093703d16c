/** What Muster uses of `@xmpp/client` 0.14.0, which ships no types. Checked by hand against its sources. */
declare module '@xmpp/client' {
  export interface XmlElement {
    readonly name: string;
    readonly attrs: Record<string, string | undefined>;
    readonly children: readonly (XmlElement | string)[];
    is(name: string, xmlns?: string): boolean;
    getName(): string;
    getNS(): string | undefined;
    getChild(name: string, xmlns?: string): XmlElement | undefined;
    getChildren(name: string, xmlns?: string): XmlElement[];
    getChildElements(): XmlElement[];
    text(): string;
    toString(): string;
  }

  export interface Jid {
    toString(): string;
  }

  /** XEP-0198 state; lives as long as its client, and may be carried to the next one. */
  export interface StreamManagement {
    enabled: boolean;
    id: string;
    inbound: number;
    outbound: number;
    outbound_q: unknown[];
    once(event: 'resumed', listener: () => void): unknown;
  }

  export interface IqContext {
    readonly from: Jid | null;
    readonly stanza: XmlElement;
    readonly element: XmlElement;
  }

  export type Authenticate = (
    credentials: { username: string; password: string },
    mechanism: string,
    userAgent?: XmlElement,
  ) => Promise<void>;

  /** One attempt to sign in; `response` and `challenge` are called in turn. */
  export interface SaslMechanism {
    readonly name: string;
    readonly clientFirst: boolean;
    response(credentials: { readonly username: string; readonly password: string }): string | Promise<string>;
    challenge(text: string): unknown;
  }

  export interface XmppEntity {
    readonly status: string;
    jid: Jid | null;
    readonly socket: unknown;
    readonly reconnect: { stop(): void };
    readonly saslFactory: { use(name: string, mechanism: new () => SaslMechanism): unknown };
    readonly streamManagement: StreamManagement;
    readonly iqCallee: {
      get(ns: string, name: string, handler: (context: IqContext) => XmlElement | boolean): void;
      set(ns: string, name: string, handler: (context: IqContext) => XmlElement | boolean): void;
    };
    readonly iqCaller: { readonly handlers: Map<string, { reject(error: unknown): void }> };
    /** Feeds received bytes to the parser; bound when the first socket is attached. */
    _onData(data: string | Uint8Array): void;
    /** `see-other-host`, with the address as the text of the condition. */
    _onSeeOtherHost(error: { readonly element: XmlElement }): void;
    socketParameters(service: string): Record<string, unknown> | undefined;
    isSecure(): boolean;
    connect(service: string): Promise<unknown>;
    open(options: { domain: string; lang: string }): Promise<unknown>;
    stop(): Promise<unknown>;
    send(element: XmlElement): Promise<void>;
    emit(event: 'error', error: unknown): boolean;
    on(event: 'stanza' | 'nonza' | 'element', listener: (element: XmlElement) => void): unknown;
    on(event: 'error', listener: (error: unknown) => void): unknown;
    on(event: 'connect' | 'online' | 'disconnect' | 'close', listener: () => void): unknown;
  }

  export interface ClientOptions {
    service: string;
    domain: string;
    resource: string;
    username: string;
    timeout: number;
    credentials: (
      authenticate: Authenticate,
      mechanisms: readonly string[],
      fast: unknown,
      entity: XmppEntity,
    ) => Promise<void>;
  }

  export function client(options: ClientOptions): XmppEntity;
  export function xml(
    name: string,
    attrs?: Record<string, string | undefined>,
    ...children: readonly (XmlElement | string | undefined)[]
  ): XmlElement;
  export function jid(text: string): Jid;
}
