import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { StaffName } from '../../components/names';
import { staffPath } from '../../lib/paths';
import styles from './staff.module.css';
import { useDepartmentName, useDepartments } from './use-departments';

/** The chosen department in one line: name, direct members, who leads it. */
export function DepartmentNote({ id }: { id: number }) {
  const { t } = useTranslation('staff');
  const { data } = useDepartments();
  const nameOf = useDepartmentName();
  const department = data?.find((one) => one.id === id);
  if (!department) return null;
  return (
    <span className={styles.departmentNote}>
      <bdi>{nameOf(id)}</bdi>
      {' · '}
      {t('directCount', { count: department.staff_count })}
      {' · '}
      {department.leaders.length > 0 ? (
        <>
          {t('leaders')} <Leaders userids={department.leaders} />
        </>
      ) : (
        t('noLeaders')
      )}
      {data?.some((one) => one.parent_id === id && !one.deleted_at) && (
        <>
          {' · '}
          {t('withoutBelow')}
        </>
      )}
    </span>
  );
}

function Leaders({ userids }: { userids: string[] }) {
  const { t } = useTranslation();
  return userids.map((userid, place) => (
    <span key={userid}>
      {place > 0 && t('listSeparator')}
      <Link to={staffPath(userid)}>
        <StaffName userid={userid} />
      </Link>
    </span>
  ));
}
