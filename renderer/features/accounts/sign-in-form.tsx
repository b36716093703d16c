import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlatformView } from '../../../src/contract/index.ts';
import { errorWords } from '../../strings/error-words.ts';
import { ApiError } from '../../transport/api-error.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './accounts.module.css';
import { type FormField, shownOf } from './settings-form.ts';
import { asksSecrets, fieldOfProblem, readEntered, type SignInFields } from './sign-in-draft.ts';
import { SignInField, useFieldWords } from './sign-in-field.tsx';

const enteredIn = (form: HTMLFormElement): ReadonlyMap<string, string> => {
  const entered = new Map<string, string>();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') entered.set(name, value);
  return entered;
};

/** What was entered, as the contract wants it. */
export type Entered = {
  readonly settings: Record<string, unknown>;
  readonly secrets: Record<string, string>;
};

/** Thrown by a step for which something has to be entered, and nothing was. Its message is for people. */
export class NothingEntered extends Error {}

/** One button that sends the form. */
export type SignInStep = {
  readonly id: string;
  readonly label: string;
  readonly run: (entered: Entered) => Promise<void>;
};

/**
 * The guided sign-in's form, from what the platform itself says that it needs. The core checks what is entered with the
 * platform before it keeps anything; what is wrong stands at its field. Secrets are read once, at submit, and wiped from
 * their fields when the form leaves the page. The first of `steps` is what Enter does.
 */
export const SignInForm = ({
  platform,
  fields,
  steps,
  values = {},
  onCancel,
}: {
  readonly platform: PlatformView;
  readonly fields: SignInFields;
  readonly steps: readonly SignInStep[];
  /** Settings to begin with. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly onCancel: (() => void) | undefined;
}) => {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement | null>(null);
  const wordsOf = useFieldWords(platform);
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const advancedWrong = fields.advanced.some(({ path }) => errors.has(path));

  useEffect(() => {
    const element = form.current;
    return () => element?.reset();
  }, []);

  const show = (found: ReadonlyMap<string, string>): void => {
    setErrors(found);
    const first = [...found.keys()][0];
    const control = first === undefined ? null : form.current?.elements.namedItem(first);
    if (control instanceof HTMLElement) requestAnimationFrame(() => control.focus());
  };
  const fail = (error: unknown): void => {
    const found = new Map<string, string>();
    for (const { path, message } of error instanceof ApiError ? error.fields : []) {
      const field = fieldOfProblem(fields, path);
      if (field !== null) found.set(field, message);
    }
    setProblem(error instanceof NothingEntered ? error.message : errorWords(error));
    show(found);
    // Where no field is at fault, what went wrong may stand above what is on screen.
    if (found.size === 0) {
      requestAnimationFrame(() => form.current?.querySelector('[role="alert"]')?.scrollIntoView({ block: 'nearest' }));
    }
  };
  const submit = async (element: HTMLFormElement, pressed: string | null): Promise<void> => {
    const step = steps.find(({ id }) => id === pressed) ?? steps[0];
    if (busy !== null || step === undefined) return;
    const read = readEntered(fields, enteredIn(element));
    setProblem(null);
    if (!read.ok) {
      show(new Map([...read.problems].map(([path, kind]) => [path, t(`accounts.problem.${kind}`)])));
      return;
    }
    setErrors(new Map());
    setBusy(step.id);
    try {
      await step.run({ settings: read.settings, secrets: read.secrets });
      element.reset();
    } catch (error) {
      fail(error);
    }
    setBusy(null);
  };

  const control = (field: FormField) => (
    <SignInField
      key={field.path}
      field={field}
      words={wordsOf(field)}
      error={errors.get(field.path)}
      value={field.part === 'settings' ? shownOf(values[field.key]) : ''}
    />
  );
  return (
    <form
      ref={form}
      noValidate
      className={styles.form}
      aria-label={t('accounts.signInTo', { platform: platform.name })}
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault();
        const { submitter } = event.nativeEvent;
        void submit(event.currentTarget, submitter instanceof HTMLButtonElement ? submitter.value : null);
      }}
    >
      {problem === null ? null : <Notice tone="bad">{problem}</Notice>}
      {fields.plain.map(control)}
      {fields.advanced.length === 0 ? null : (
        <Disclosure title={t('accounts.advanced')} open={advancedWrong}>
          {fields.advanced.map(control)}
        </Disclosure>
      )}
      {asksSecrets(fields) ? <p className={styles.hint}>{t('accounts.secretPromise')}</p> : null}
      <div className={styles.actions}>
        {steps.map(({ id, label }, index) => (
          <Button
            key={id}
            type="submit"
            value={id}
            variant={index === 0 ? 'primary' : 'secondary'}
            busy={busy === id}
            disabled={busy !== null && busy !== id}
          >
            {busy === id ? t('accounts.checking', { platform: platform.name }) : label}
          </Button>
        ))}
        {onCancel === undefined ? null : <Button onClick={onCancel}>{t('common.cancel')}</Button>}
      </div>
    </form>
  );
};
