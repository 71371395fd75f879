import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RoleKey } from '../../api';
import { useRoleWords } from '../../lib/use-role-words';
import styles from './access.module.css';

export function RoleTags({ roles }: { roles: readonly RoleKey[] }) {
  const { nameOf } = useRoleWords();
  const { t: tc } = useTranslation();
  const words = roles.map(nameOf);
  return (
    <span className={styles.tags} title={words.join(tc('listSeparator'))}>
      {words.map((word) => (
        <Tag key={word}>{word}</Tag>
      ))}
    </span>
  );
}
