import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './floating.module.css';
import { usePortalContainer } from './portal-container.ts';

/** A menu that `trigger` (one element that takes a ref) opens; `label` names it. */
export const Menu = ({
  trigger,
  label,
  align = 'start',
  children,
}: {
  readonly trigger: ReactNode;
  readonly label: string;
  readonly align?: 'start' | 'center' | 'end';
  readonly children: ReactNode;
}) => {
  const container = usePortalContainer();
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={container}>
        {/* A menu hangs at the end of the document: the section keeps it within a landmark. */}
        <section aria-label={label}>
          <Radix.Content className={styles.floating} align={align} sideOffset={4} collisionPadding={8} loop>
            {children}
          </Radix.Content>
        </section>
      </Radix.Portal>
    </Radix.Root>
  );
};

/** One command of a menu. */
export const MenuItem = ({
  icon,
  danger = false,
  disabled = false,
  onSelect,
  children,
}: {
  readonly icon?: ReactNode;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}) => (
  <Radix.Item className={classNames(styles.item, danger && styles.danger)} disabled={disabled} onSelect={onSelect}>
    {icon}
    {children}
  </Radix.Item>
);

/** One of several values, with a mark on the chosen one. */
export const MenuRadioGroup = <Value extends string>({
  value,
  options,
  onChange,
}: {
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode }[];
  readonly onChange: (value: Value) => void;
}) => (
  <Radix.RadioGroup
    value={value}
    onValueChange={(next) => {
      const chosen = options.find((option) => option.value === next);
      if (chosen !== undefined) onChange(chosen.value);
    }}
  >
    {options.map((option) => (
      <Radix.RadioItem key={option.value} value={option.value} className={styles.item}>
        <span className={styles.check}>
          <Radix.ItemIndicator>
            <Check aria-hidden />
          </Radix.ItemIndicator>
        </span>
        {option.label}
      </Radix.RadioItem>
    ))}
  </Radix.RadioGroup>
);

/** A line between groups of commands. */
export const MenuSeparator = () => <Radix.Separator className={styles.separator} />;
