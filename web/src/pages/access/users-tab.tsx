import { useTranslation } from 'react-i18next';
import { type User, useCan, wholeListOf } from '../../api';
import { Cut } from '../../components/cut';
import { Person } from '../../components/person';
import { type QueryColumn, type QueryFilter, QueryTable } from '../../components/query-table';
import { TimeText } from '../../components/time-text';
import { staffPath } from '../../lib/paths';
import { useRoleWords } from '../../lib/use-role-words';
import { roleKeys } from './duties';
import { LetIn } from './let-in';
import { RoleTags } from './role-tags';
import { holds, userState, userStates } from './standing';
import { UserStateTag } from './state-tags';
import { UserDrawer } from './user-drawer';

type Filter = 'q' | 'role' | 'state';

const source = wholeListOf<'/users', Filter>(
  '/users',
  (user, { q, role, state }) =>
    holds(q, user.name, user.staff_name, user.userid) &&
    (!role || user.roles.some((key) => key === role)) &&
    (!state || userState(user, new Date()) === state),
);

/** Everybody who may sign in, and who could once. */
export function UsersTab() {
  const { t } = useTranslation('access');
  const mayWrite = useCan('access:write');
  return (
    <QueryTable
      id="users"
      source={source}
      rowKey={(user) => user.id}
      search={{ key: 'q', placeholder: t('searchUsers') }}
      filters={useFilters()}
      columns={useColumns()}
      extra={mayWrite && <LetIn />}
      drawer={{
        title: (_id, user) => (user ? <Cut text={user.name} /> : t('tabUsers')),
        content: (id, user) => <UserDrawer key={id} user={user} />,
      }}
      empty={{ title: t('emptyUsers'), hint: t('emptyUsersHint') }}
    />
  );
}

function useFilters(): QueryFilter<Filter>[] {
  const { t } = useTranslation('access');
  const { nameOf, custom } = useRoleWords();
  return [
    {
      kind: 'choice',
      key: 'role',
      label: t('role'),
      options: [...roleKeys, ...custom.map(({ key }) => key)].map((value) => ({ value, label: nameOf(value) })),
    },
    {
      kind: 'choice',
      key: 'state',
      label: t('state'),
      options: userStates.map((value) => ({ value, label: t(`stateOf.${value}`) })),
    },
  ];
}

function useColumns(): QueryColumn<User>[] {
  const { t } = useTranslation('access');
  const { t: tc } = useTranslation();
  return [
    { key: 'name', title: t('name'), width: 240, render: ({ name }) => <Cut text={name} /> },
    {
      key: 'staff',
      title: t('staff'),
      width: 220,
      render: ({ userid, staff_name }) =>
        userid ? <Person id={userid} name={staff_name} to={staffPath(userid)} size={20} /> : '–',
    },
    { key: 'roles', title: t('roles'), render: ({ roles }) => <RoleTags roles={roles} /> },
    { key: 'state', title: t('state'), width: 120, render: (user) => <UserStateTag user={user} /> },
    {
      key: 'expires_at',
      title: t('expiresAt'),
      width: 130,
      render: ({ expires_at }) => <TimeText at={expires_at} none={tc('noEnd')} />,
    },
    { key: 'created_at', title: t('createdAt'), width: 130, render: ({ created_at }) => <TimeText at={created_at} /> },
  ];
}
