import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RoleKey } from '../../api';
import styles from './access.module.css';

export function RoleTags({ roles }: { roles: readonly RoleKey[] }) {
  const { t } = useTranslation('shell');
  const { t: tc } = useTranslation();
  const words = roles.map((role) => t(`role.${role}`));
  return (
    <span className={styles.tags} title={words.join(tc('listSeparator'))}>
      {words.map((word) => (
        <Tag key={word}>{word}</Tag>
      ))}
    </span>
  );
}
