import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { listOf, type Staff } from '../../api';
import { Cut } from '../../components/cut';
import { StaffName } from '../../components/names';
import { Person } from '../../components/person';
import { type QueryColumn, type QueryFilter, QueryTable } from '../../components/query-table';
import { StaffStatusTag } from '../../components/states';
import { TimeText } from '../../components/time-text';
import { departmentFilter } from './department-filter';
import { DepartmentList } from './department-list';
import { Follows } from './follows';
import { StaffDrawer } from './staff-drawer';

const source = listOf('/staff');
const statuses = ['active', 'inactive', 'disabled', 'left', 'unknown'] as const;

export function StaffTable() {
  const { t } = useTranslation('staff');
  return (
    <QueryTable
      id="staff"
      source={source}
      rowKey={(staff) => staff.userid}
      search={{ key: 'q', placeholder: t('search') }}
      tabs={usePresence()}
      filters={useFilters()}
      columns={useColumns()}
      drawer={{
        title: (userid, staff) =>
          staff ? <StaffCell staff={{ ...staff, alias: null }} /> : <StaffName userid={userid} />,
        content: (userid, staff) => <StaffDrawer userid={userid} row={staff} />,
      }}
      empty={{
        title: t('empty'),
        hint: t('emptyHint'),
        actions: (
          <Link to="/sync">
            <Button>{t('toSync')}</Button>
          </Link>
        ),
      }}
    />
  );
}

function usePresence() {
  const { t } = useTranslation('states');
  const { t: ts } = useTranslation('staff');
  return {
    kind: 'choice' as const,
    key: 'departed' as const,
    label: ts('presence'),
    options: [
      { value: 'false', label: ts('present') },
      { value: 'true', label: t('staff.left') },
    ],
  };
}

function useFilters(): QueryFilter<'status' | 'department_id'>[] {
  const { t } = useTranslation('staff');
  const { t: ts } = useTranslation('states');
  const options = statuses.map((value) => ({ value, label: ts(`staff.${value}`) }));
  return [
    departmentFilter('department_id', t('department')),
    { kind: 'choice', key: 'status', label: t('status'), options },
  ];
}

function useColumns(): QueryColumn<Staff>[] {
  const { t } = useTranslation('staff');
  return [
    { key: 'name', title: t('name'), width: 208, render: (staff) => <StaffCell staff={staff} /> },
    { key: 'status', title: t('status'), width: 110, render: ({ status }) => <StaffStatusTag status={status} /> },
    { key: 'departments', title: t('department'), render: (staff) => <DepartmentList staff={staff} /> },
    { key: 'position', title: t('position'), width: 140, render: ({ position }) => <Text text={position} /> },
    { key: 'follows_external', title: t('followsExternal'), width: 136, render: (staff) => <Follows staff={staff} /> },
    { key: 'departed_at', title: t('departedAt'), width: 130, render: ({ departed_at: at }) => <TimeText at={at} /> },
    { key: 'userid', title: t('userid'), width: 160, hidden: true, render: ({ userid }) => <Cut text={userid} /> },
    {
      key: 'direct_leaders',
      title: t('directLeaders'),
      width: 160,
      hidden: true,
      render: ({ direct_leaders: [first] }) => (first ? <StaffName userid={first} /> : '–'),
    },
    {
      key: 'updated_at',
      title: t('updatedAt'),
      width: 130,
      hidden: true,
      render: ({ updated_at }) => <TimeText at={updated_at} />,
    },
  ];
}

const StaffCell = ({ staff }: { staff: Staff }) => (
  <Person id={staff.userid} name={staff.name} avatar={staff.avatar} detail={staff.alias} />
);

const Text = ({ text }: { text: string | null }) => (text ? <Cut text={text} /> : '–');
