import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import styles from './toast.module.css';
import { dismissToast, useToastStore } from './toast-store.ts';

/** The live regions of the page; mounted once, before anything is said in them. */
export const ToastRegion = () => {
  const { t } = useTranslation();
  const toasts = useToastStore((state) => state.toasts);
  const announcement = useToastStore((state) => state.announcement);
  return (
    <>
      <output className={classNames('visually-hidden', styles.announcement)} aria-live="polite">
        {announcement}
      </output>
      <section className={styles.toasts} aria-label={t('common.notifications')} aria-live="polite">
        {toasts.map((toast) => (
          <div
            key={toast.id}
            role={toast.tone === 'bad' ? 'alert' : undefined}
            className={classNames(styles.toast, toast.tone === 'bad' && styles.bad)}
          >
            <span>{toast.text}</span>
            {toast.action === undefined ? null : (
              <Button
                variant="ghost"
                onClick={() => {
                  toast.action?.run();
                  dismissToast(toast.id);
                }}
              >
                {toast.action.label}
              </Button>
            )}
            <IconButton label={t('common.dismiss')} icon={<X aria-hidden />} onClick={() => dismissToast(toast.id)} />
          </div>
        ))}
      </section>
    </>
  );
};
