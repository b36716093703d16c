/** A value that survives JSON; how adapters keep snapshots that only they understand. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
