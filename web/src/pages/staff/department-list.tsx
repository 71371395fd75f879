import { CrownOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Staff } from '../../api';
import styles from './staff.module.css';
import { useDepartmentName } from './use-departments';

/** The departments of a member, the main one first; a crown marks those the member leads. */
export function DepartmentList({ staff, wrap = false }: { staff: Staff; wrap?: boolean }) {
  const nameOf = useDepartmentName();
  if (staff.department_ids.length === 0) return '–';
  const isMain = (id: number): number => (id === staff.main_department_id ? 0 : 1);
  const ids = [...staff.department_ids].sort((a, b) => isMain(a) - isMain(b));
  return (
    <span className={wrap ? styles.departmentLines : styles.departments} title={ids.map(nameOf).join(' · ')}>
      {ids.map((id) => (
        <span key={id} className={styles.department}>
          <bdi>{nameOf(id)}</bdi>
          {staff.leader_in.includes(id) && <LeaderMark />}
          {wrap && ids.length > 1 && id === staff.main_department_id && <MainMark />}
        </span>
      ))}
    </span>
  );
}

function LeaderMark() {
  const { t } = useTranslation('staff');
  return (
    <span className={styles.mark}>
      <CrownOutlined aria-hidden /> {t('leader')}
    </span>
  );
}

function MainMark() {
  const { t } = useTranslation('staff');
  return <span className={styles.mark}>{t('mainDepartment')}</span>;
}
