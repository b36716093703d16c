import type { ComponentProps, MouseEvent } from 'react';
import { navigate } from './router.ts';

/** A link inside the interface: a real address, opened without loading the page again. */
export const Link = ({ href, onClick, ...rest }: ComponentProps<'a'> & { readonly href: string }) => (
  <a
    {...rest}
    href={href}
    onClick={(event: MouseEvent<HTMLAnchorElement>) => {
      onClick?.(event);
      const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
      if (event.defaultPrevented || !plain) return;
      event.preventDefault();
      navigate(href);
    }}
  />
);
