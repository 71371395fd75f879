import { TeamOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { HandoverItem } from '../../../api/handovers';
import { Cut } from '../../../components/cut';
import { Person } from '../../../components/person';
import styles from './parts.module.css';

/** The external contact or the group chat of an item. */
export function Subject({ item }: { item: HandoverItem }) {
  const { t } = useTranslation('handoverPlans');
  const name = item.name.trim() || t('nameless');
  if (item.kind === 'external_contact') return <Person id={item.external_userid ?? ''} name={name} />;
  return (
    <span className={styles.group}>
      <span className={styles.groupIcon}>
        <TeamOutlined aria-label={t('kindOf.group_chat')} />
      </span>
      <Cut text={name} />
    </span>
  );
}
