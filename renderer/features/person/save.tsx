import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../strings/error-words.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** A dialog's one step: running it once, and saying inside the dialog when it fails. */
export type Save = {
  readonly run: () => void;
  readonly busy: boolean;
  readonly notice: ReactNode;
};

/** Runs `step` and closes; when it fails the dialog stays open with what was entered, and says why. */
export const useSave = (step: () => Promise<unknown>, onDone: () => void): Save => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const attemptStep = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await step();
      onDone();
    } catch (failure) {
      setError(errorWords(failure));
      setBusy(false);
    }
  };
  return {
    run: () => void attemptStep(),
    busy,
    notice: error === null ? null : <Notice tone="bad">{error}</Notice>,
  };
};

/** Cancel and the step itself, for a dialog's footer. */
export const SaveButtons = ({
  save,
  label,
  disabled = false,
  danger = false,
  onCancel,
}: {
  readonly save: Save;
  readonly label: string;
  readonly disabled?: boolean;
  /** What is gone with it cannot be brought back. */
  readonly danger?: boolean;
  readonly onCancel: () => void;
}) => {
  const { t } = useTranslation();
  return (
    <>
      <Button onClick={onCancel}>{t('common.cancel')}</Button>
      <Button type="submit" variant={danger ? 'danger' : 'primary'} busy={save.busy} disabled={disabled}>
        {label}
      </Button>
    </>
  );
};
