/** Where accounts are connected. */
export const addPath = '/accounts/add';

/** The page of one account. */
export const accountPath = (id: string): string => `/accounts/${encodeURIComponent(id)}`;
