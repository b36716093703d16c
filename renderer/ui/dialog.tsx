import { X } from 'lucide-react';
import { type ReactNode, type SubmitEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import styles from './dialog.module.css';
import { IconButton } from './icon-button.tsx';
import { PortalContainer } from './portal-container.ts';

/** `footer` holds the buttons, the main one last; with `onSubmit` the dialog is a form and its submit button belongs there. */
export type DialogProps = {
  readonly open: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly onSubmit?: () => void;
  readonly wide?: boolean;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
};

/**
 * A modal dialog on the browser's own `<dialog>`: focus trap, Escape, inert background and return of the focus come with
 * it, and none of it needs styles injected at run time, which a strict content-security policy refuses.
 */
export const Dialog = (props: DialogProps) => (props.open ? <OpenDialog {...props} /> : null);

/** Controls that Tab reaches; a group that moves the focus within itself is reached as a whole. */
const focusable =
  ':is(input, select, textarea, button, [tabindex="0"]):not([tabindex="-1"], [aria-hidden="true"], :disabled)';

/** Where the focus belongs once the dialog is closed: a menu that it was chosen from is gone by then, its button is not. */
const originOf = (focused: Element | null): HTMLElement | null => {
  const button = focused?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const origin = button ? document.getElementById(button) : focused;
  return origin instanceof HTMLElement ? origin : null;
};

const OpenDialog = ({ title, onClose, onSubmit, wide = false, footer, children }: DialogProps) => {
  const { t } = useTranslation();
  const titleId = useId();
  const [element, setElement] = useState<HTMLDialogElement | null>(null);

  useEffect(() => {
    if (element === null) return;
    const before = originOf(document.activeElement);
    if (!element.open) element.showModal();
    // The first control of the content, not the Close button above it.
    element.querySelector<HTMLElement>(`[data-dialog-content] ${focusable}`)?.focus();
    return () => {
      element.close();
      if (before?.isConnected) before.focus();
    };
  }, [element]);

  const content = (
    <div data-dialog-content>
      <div className={styles.body}>{children}</div>
      {footer === undefined ? null : <div className={styles.footer}>{footer}</div>}
    </div>
  );
  return (
    <dialog
      ref={setElement}
      className={classNames(styles.dialog, wide && styles.wide)}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <PortalContainer value={element}>
        <div className={styles.header}>
          <h2 id={titleId} className={styles.title}>
            {title}
          </h2>
          <IconButton label={t('common.close')} icon={<X aria-hidden />} onClick={onClose} />
        </div>
        {onSubmit === undefined ? (
          content
        ) : (
          <form
            noValidate
            onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
              event.preventDefault();
              onSubmit();
            }}
          >
            {content}
          </form>
        )}
      </PortalContainer>
    </dialog>
  );
};
