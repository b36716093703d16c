import { SmilePlus } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './emoji-picker.module.css';

/** What people set at work; anything else can be typed. */
const common = [
  ...['🎧', '💬', '📞', '📅', '🧑‍💻', '✍️', '🧪', '🚀'],
  ...['🥪', '☕', '🍽️', '🚶', '🚲', '🚆', '🚗', '✈️'],
  ...['🏠', '🏢', '🌴', '🏖️', '⛰️', '🎉', '🎂', '🎓'],
  ...['🤒', '🤕', '😴', '🙏', '👶', '🐶', '🌱', '⏳'],
  ...['🔕', '🔥', '🐛', '📦', '📚', '🎨', '🧮', '🔧'],
];

const columns = 8;

/** Where an arrow key leads in a grid of `count` cells; null for other keys. Left and right follow the text direction. */
const stepOf = (key: string, rightToLeft: boolean): number | null => {
  switch (key) {
    case 'ArrowRight':
      return rightToLeft ? -1 : 1;
    case 'ArrowLeft':
      return rightToLeft ? 1 : -1;
    case 'ArrowDown':
      return columns;
    case 'ArrowUp':
      return -columns;
    default:
      return null;
  }
};

/** A small choice of emoji beside the message: arrows move, Enter takes, any other emoji or `:name:` can be typed. */
export const EmojiPicker = ({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (emoji: string) => void;
}) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);

  const choose = (emoji: string): void => {
    onChange(emoji);
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFieldSetElement>): void => {
    const step = stepOf(event.key, document.documentElement.dir === 'rtl');
    if (step === null) return;
    event.preventDefault();
    const next = Math.min(common.length - 1, Math.max(0, active + step));
    setActive(next);
    const cell = event.currentTarget.children[next];
    if (cell instanceof HTMLElement) cell.focus();
  };
  return (
    <Popover
      label={t('ownStatus.emojiPick')}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button
          type="button"
          className={styles.trigger}
          aria-label={value === '' ? t('ownStatus.emojiPick') : t('ownStatus.emojiChosen', { emoji: value })}
        >
          {value === '' ? <SmilePlus aria-hidden /> : value}
        </button>
      }
    >
      <div className={styles.picker}>
        <fieldset className={styles.grid} aria-label={t('ownStatus.emoji')} onKeyDown={onKeyDown}>
          {common.map((emoji, index) => (
            <button
              key={emoji}
              type="button"
              className={styles.emoji}
              aria-pressed={emoji === value}
              tabIndex={index === active ? 0 : -1}
              onFocus={() => setActive(index)}
              onClick={() => choose(emoji)}
            >
              {emoji}
            </button>
          ))}
        </fieldset>
        <TextField label={t('ownStatus.emojiCustom')} value={value} maxLength={100} onChange={onChange} />
        <Button variant="ghost" onClick={() => choose('')}>
          {t('ownStatus.emojiNone')}
        </Button>
      </div>
    </Popover>
  );
};
