import { Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Relation } from '../../api';
import { Cut } from '../../components/cut';
import { RelationStateTag } from '../../components/states';
import styles from './external-contacts.module.css';
import { evidenceOf, inOrder } from './relations';

const most = 2;

interface Props {
  relations: readonly Relation[];
  /** Those the list was filtered for come first: what fits must be seen. */
  isWanted?: (relation: Relation) => boolean;
}

/** Who follows, each with the state of the relation; the first two, the rest on hover. */
export function FollowerChips({ relations, isWanted = () => false }: Props) {
  const { t } = useTranslation('externalContacts');
  if (relations.length === 0) return <span className={styles.quiet}>{t('noFollowers')}</span>;
  const sorted = inOrder(relations).sort((a, b) => Number(isWanted(b)) - Number(isWanted(a)));
  const rest = sorted.slice(most);
  return (
    <span className={styles.chips}>
      {sorted.slice(0, most).map((relation) => (
        <Follower key={relation.id} relation={relation} />
      ))}
      {rest.length > 0 && (
        <Popover content={<Followers relations={rest} />} placement="bottomLeft" arrow={false}>
          <span className={styles.rest}>
            <span aria-hidden>+{rest.length}</span>
            <span className={styles.spoken}>{t('more', { count: rest.length })}</span>
          </span>
        </Popover>
      )}
    </span>
  );
}

const Followers = ({ relations }: { relations: readonly Relation[] }) => (
  <div className={styles.stack}>
    {relations.map((relation) => (
      <Follower key={relation.id} relation={relation} />
    ))}
  </div>
);

function Follower({ relation }: { relation: Relation }) {
  return (
    <span className={styles.follower}>
      <Cut text={relation.staff_name || relation.userid} />
      <RelationStateTag state={relation.state} absentSince={relation.absent_since} evidence={evidenceOf(relation)} />
    </span>
  );
}
