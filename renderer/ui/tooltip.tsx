import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { usePortalContainer } from './portal-container.ts';
import styles from './tooltip.module.css';

/** Mounted once at the root: tooltips share one delay. */
export const TooltipProvider = ({ children }: { readonly children: ReactNode }) => (
  <Radix.Provider delayDuration={400} skipDelayDuration={200}>
    {children}
  </Radix.Provider>
);

/** Names what `children` (one element that takes a ref) does. Never the only place where something is said. */
export const Tooltip = ({ text, children }: { readonly text: string; readonly children: ReactNode }) => {
  const container = usePortalContainer();
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal container={container}>
        <Radix.Content className={styles.tooltip} sideOffset={4} collisionPadding={8}>
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
};
