import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RoleKey } from '../../api';
import { useRoleWords } from '../../lib/use-role-words';
import styles from './access.module.css';
import { barredBy, isDuty, isOverloaded, roleKeys } from './duties';

interface Props {
  /** Given by the form item around it. */
  id?: string;
  value?: RoleKey[];
  onChange?(next: RoleKey[]): void;
}

/** Each role with what it is for. A duty that another one excludes cannot be chosen, and says why. */
export function RolesField({ id, value = [], onChange }: Props) {
  const { t } = useTranslation('access');
  const words = useRoleWords();
  const keys: string[] = [...roleKeys, ...words.custom.map(({ key }) => key)];
  const toggle = (role: RoleKey, isChosen: boolean) =>
    onChange?.(keys.filter((key) => (key === role ? isChosen : value.includes(key))));
  return (
    <fieldset id={id} className={styles.roles} aria-label={t('roles')}>
      <p className={styles.hint}>{t('duties')}</p>
      {keys.map((role) => (
        <Choice key={role} role={role} words={words} chosen={value} onToggle={(isChosen) => toggle(role, isChosen)} />
      ))}
      {isOverloaded(value) && <p className={styles.warning}>{t('dutiesOverloaded')}</p>}
      {value.some(isDuty) && !isOverloaded(value) && <p className={styles.hint}>{t('dutiesHandedOver')}</p>}
    </fieldset>
  );
}

interface ChoiceProps {
  role: RoleKey;
  words: ReturnType<typeof useRoleWords>;
  chosen: readonly RoleKey[];
  onToggle(isChosen: boolean): void;
}

function Choice({ role, words, chosen, onToggle }: ChoiceProps) {
  const { t } = useTranslation('access');
  const other = barredBy(role, chosen);
  return (
    <Checkbox
      checked={chosen.includes(role)}
      disabled={other !== undefined}
      onChange={(event) => onToggle(event.target.checked)}
    >
      {words.nameOf(role)}
      <span className={styles.about}>
        {other ? t('dutiesBarred', { role: words.nameOf(other) }) : words.aboutOf(role)}
      </span>
    </Checkbox>
  );
}
