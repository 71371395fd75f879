import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Relation } from '../../../api';
import { Facts } from '../../../components/facts';
import { StaffName } from '../../../components/names';
import { Person } from '../../../components/person';
import { staffPath } from '../../../lib/paths';
import { useAddWay } from '../add-way';
import { inOrder } from '../relations';
import { AllTags } from '../tag-chips';
import styles from './person.module.css';
import { Revealable } from './revealable';

/** What each member noted of the person. */
export function RelationFacts({ relations }: { relations: readonly Relation[] }) {
  return (
    <ul className={styles.list}>
      {inOrder(relations).map((relation) => (
        <li key={relation.id} className={styles.item}>
          <div className={styles.itemHead}>
            <Person id={relation.userid} name={relation.staff_name} to={staffPath(relation.userid)} size={20} />
          </div>
          <Noted relation={relation} />
        </li>
      ))}
    </ul>
  );
}

function Noted({ relation }: { relation: Relation }) {
  const { t } = useTranslation('externalContacts');
  const addWayOf = useAddWay();
  const items = [
    { label: t('remark'), value: relation.remark && <bdi>{relation.remark}</bdi> },
    {
      label: t('description'),
      value: relation.description && (
        <Revealable relation={relation} field="description" texts={[relation.description]} />
      ),
    },
    { label: t('remarkCompany'), value: relation.remark_corp_name && <bdi>{relation.remark_corp_name}</bdi> },
    {
      label: t('mobiles'),
      value: relation.remark_mobiles.length > 0 && (
        <Revealable relation={relation} field="remark_mobiles" texts={relation.remark_mobiles} />
      ),
    },
    { label: t('operator'), value: relation.oper_userid && <Operator relation={relation} /> },
    { label: t('channel'), value: relation.channel && <code>{relation.channel}</code> },
  ].filter(({ value }) => Boolean(value));
  return (
    <Facts
      items={[
        { label: t('addWayTitle'), value: addWayOf(relation.add_way) },
        ...items,
        { label: t('tags'), value: <AllTags tags={relation.tags} /> },
      ]}
    />
  );
}

/** Who added: the member, a colleague who shared, or the contact. */
function Operator({ relation: { oper_userid, external_userid, external_name } }: { relation: Relation }) {
  if (!oper_userid) return null;
  if (oper_userid === external_userid) return <bdi>{external_name || external_userid}</bdi>;
  return (
    <Link to={staffPath(oper_userid)}>
      <StaffName userid={oper_userid} />
    </Link>
  );
}
