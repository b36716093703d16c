/** What somebody does. `timestamps` in Unix ms; type 4 is the custom status. */
export interface SimulatedActivity {
  readonly type: number;
  readonly name: string;
  readonly createdAt: number;
  readonly details?: string;
  readonly state?: string;
  readonly application_id?: string;
  readonly emoji?: { readonly name: string; readonly id?: string; readonly animated?: boolean };
  readonly timestamps?: { readonly start?: number; readonly end?: number };
}

/** Somebody on Discord. */
export interface SimulatedUser {
  readonly id: string;
  username: string;
  globalName: string | null;
  avatar: string | null;
  readonly bot: boolean;
  /** What they chose; others see `invisible` as `offline`. */
  status: string;
  devices: readonly string[];
  activities: readonly SimulatedActivity[];
}

/** A server. */
export interface SimulatedGuild {
  readonly id: string;
  name: string;
  readonly ownerId: string;
  readonly createdAt: number;
  available: boolean;
  readonly members: Map<string, { nick: string | null; readonly joinedAt: number }>;
  readonly emojis: { readonly id: string; readonly name: string }[];
}
