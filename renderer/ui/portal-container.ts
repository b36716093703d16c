import { createContext, useContext } from 'react';

/** Where floating parts mount. A modal dialog provides itself: what lies outside of it is inert. */
export const PortalContainer = createContext<HTMLElement | null>(null);

/** The element that menus, popovers and tooltips mount in; null for the document's body. */
export const usePortalContainer = (): HTMLElement | null => useContext(PortalContainer);
