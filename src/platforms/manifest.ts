import type { z } from 'zod';

/** Platforms that Muster has an adapter for. */
export const PLATFORM_IDS = [
  'xmpp',
  'slack',
  'discord',
  'teams',
  'zoom',
  'google-chat',
  'whatsapp',
  'linkedin',
] as const;
export type PlatformId = (typeof PLATFORM_IDS)[number];

/** How much of a capability the platform's API gives. */
export interface Capability {
  readonly level: 'full' | 'partial' | 'none';
  /** One sentence, whenever it is not full. */
  readonly reason: string | null;
}

/** What can be promised about a platform; the interface and the results never promise more. */
export interface Capabilities {
  readonly readOthers: Capability;
  readonly push: Capability;
  readonly ownAvailability: Capability;
  readonly ownMessage: Capability;
  readonly ownExpiry: Capability;
  readonly doNotDisturb: Capability;
  readonly lastSeen: Capability;
}

/** A capability that the platform gives in full. */
export const FULL: Capability = { level: 'full', reason: null };

/** A secret that an account of the platform needs. */
export interface SecretField {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly required: boolean;
}

/** A permission that the platform's sign-in grants, and what Muster uses it for. */
export interface Permission {
  readonly scope: string;
  readonly required: boolean;
  readonly purpose: string;
}

/** What the guided sign-in shows. */
export interface SignInGuide {
  /** Steps in order, one sentence each: registering one's own app, and pasting what it gives where that is the way. */
  readonly steps: readonly string[];
  /** The steps before “Sign in” with OAuth; empty where there is none. */
  readonly oauthSteps: readonly string[];
  /** The exact app manifest to copy, where the platform takes one; null otherwise. */
  readonly appManifest: string | null;
  /** Where the first step happens; null where there is no page. */
  readonly portalUrl: string | null;
  readonly permissions: readonly Permission[];
}

/** Something that all platforms are asked for and this one does not have. */
export interface Lack {
  /** In the conformance suite's words: the name of the trouble or of the part. */
  readonly what: string;
  /** Why, as a clause: “XMPP has no refusal that says how long to wait”. */
  readonly reason: string;
}

/** How the platform is told to send events here. */
export interface InboundGuide {
  /** What one gains by it, in one sentence. */
  readonly purpose: string;
  /** Steps in order, one sentence each; `{url}` stands for the account's own webhook address. Empty where Muster subscribes by itself. */
  readonly steps: readonly string[];
}

/** People can be searched for in the platform's directory and added. */
export interface DirectoryChoice {
  /** The setting that holds those who were added, as a list of texts that takes user ids; absent or empty: everybody. */
  readonly setting: string;
  /** How many it takes. */
  readonly most: number;
}

/** A platform as data. `Settings` is what `settings` parses to. */
export interface PlatformManifest<Settings = unknown> {
  readonly id: PlatformId;
  readonly name: string;
  readonly delivery: 'push' | 'poll' | 'both';
  readonly auth: readonly ('password' | 'token' | 'oauth' | 'device-code')[];
  /** What it is and what it is not, where the platform gives so little that it is off until the user asks for it; null elsewhere. */
  readonly offByDefault: string | null;
  /** Null where no webhook helps. */
  readonly inbound: InboundGuide | null;
  /** Absent where there is no directory to search. */
  readonly directory?: DirectoryChoice;
  /** What the conformance suite cannot ask of it. */
  readonly lacks: readonly Lack[];
  /** bronze passes conformance; silver re-auth, Retry-After, one log line on loss and recovery; gold push, redacted diagnostics, documented limits. */
  readonly tier: 'bronze' | 'silver' | 'gold';
  readonly capabilities: Capabilities;
  /** A strict zod object; unknown keys are refused with their path. */
  readonly settings: z.ZodType<Settings>;
  readonly secrets: readonly SecretField[];
  readonly signIn: SignInGuide;
  readonly documentationUrl: string;
  /** The date (YYYY-MM-DD) of the last check against the real service; null = never verified live. */
  readonly verifiedLive: string | null;
}
