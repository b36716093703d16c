import { create } from 'zustand';

/** Something that was done or went wrong; `bad` is read out at once, the others when the reader pauses. */
export type Toast = {
  readonly id: number;
  readonly text: string;
  readonly tone: 'neutral' | 'bad';
  readonly action?: { readonly label: string; readonly run: () => void };
};

type ToastState = { readonly toasts: readonly Toast[]; readonly announcement: string };

/** What the toast region shows, and the last words for screen readers alone. */
export const useToastStore = create<ToastState>(() => ({ toasts: [], announcement: '' }));

const shownMs = 6_000;
let lastId = 0;

/** Takes a toast away. */
export const dismissToast = (id: number): void =>
  useToastStore.setState((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));

/** Shows words for six seconds (errors stay until they are dismissed). At most three are on screen. */
export const showToast = (toast: Omit<Toast, 'id'>): void => {
  lastId += 1;
  const id = lastId;
  useToastStore.setState((state) => ({ toasts: [...state.toasts.slice(-2), { ...toast, id }] }));
  if (toast.tone !== 'bad') setTimeout(() => dismissToast(id), shownMs);
};

/** Says something to screen readers without showing it, for example how many people a search found. */
export const announce = (text: string): void => useToastStore.setState({ announcement: text });
