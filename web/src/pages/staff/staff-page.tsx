import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { PageHeader } from '../../components/page-header';
import { Panel } from '../../components/panel';
import { DepartmentNote } from './department-note';
import { DepartmentTree } from './department-tree';
import styles from './staff.module.css';
import { StaffTable } from './staff-table';

const parameter = 'department_id';

/** Departments at the left, the staff of the chosen one at the right; leavers stay findable. */
export function StaffPage() {
  const { t } = useTranslation('staff');
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const chosen = params.get(parameter) ?? undefined;
  const choose = (departmentId: string | undefined) => {
    const next = new URLSearchParams(params);
    for (const gone of ['cursor', 'open', parameter]) next.delete(gone);
    if (departmentId) next.set(parameter, departmentId);
    void navigate({ search: next.toString() });
  };
  return (
    <>
      <PageHeader title={t('title')} note={chosen ? <DepartmentNote id={Number(chosen)} /> : undefined} />
      <div className={styles.page}>
        <Panel title={t('departments')} className={styles.side}>
          <DepartmentTree chosen={chosen} choose={choose} />
        </Panel>
        <StaffTable />
      </div>
    </>
  );
}
