import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { type ApiToken, api, invalidate, useCan, wholeListOf } from '../../api';
import { Cut } from '../../components/cut';
import { useFaultText } from '../../components/fault-note';
import { StaffName } from '../../components/names';
import { type QueryColumn, QueryTable } from '../../components/query-table';
import { AgeText, TimeText } from '../../components/time-text';
import { IssueToken } from './issue-token';
import { RoleTags } from './role-tags';
import { holds, tokenState, tokenStates } from './standing';
import { TokenStateTag } from './state-tags';

const source = wholeListOf<'/api-tokens', 'q' | 'state'>(
  '/api-tokens',
  (token, { q, state }) => holds(q, token.name, token.userid) && (!state || tokenState(token, new Date()) === state),
);

/** What lets other programs in. */
export function TokensTab() {
  const { t } = useTranslation('access');
  const mayWrite = useCan('access:write');
  return (
    <QueryTable
      id="api-tokens"
      source={source}
      rowKey={(token) => token.id}
      search={{ key: 'q', placeholder: t('searchTokens') }}
      filters={[
        {
          kind: 'choice',
          key: 'state',
          label: t('state'),
          options: tokenStates.map((value) => ({ value, label: t(`tokenStateOf.${value}`) })),
        },
      ]}
      columns={useColumns(mayWrite)}
      extra={mayWrite && <IssueToken />}
      empty={{ title: t('emptyTokens'), hint: t('emptyTokensHint') }}
    />
  );
}

function useColumns(mayWrite: boolean): QueryColumn<ApiToken>[] {
  const { t } = useTranslation('access');
  const { t: tc } = useTranslation();
  const columns: QueryColumn<ApiToken>[] = [
    { key: 'name', title: t('name'), width: 240, render: ({ name }) => <Cut text={name} /> },
    {
      key: 'staff',
      title: t('staff'),
      width: 160,
      render: ({ userid }) => (userid ? <StaffName userid={userid} /> : '–'),
    },
    { key: 'roles', title: t('roles'), render: ({ roles }) => <RoleTags roles={roles} /> },
    { key: 'state', title: t('state'), width: 110, render: (token) => <TokenStateTag token={token} /> },
    {
      key: 'last_used_at',
      title: t('lastUsedAt'),
      width: 130,
      render: ({ last_used_at }) => <AgeText at={last_used_at} none={tc('never')} />,
    },
    {
      key: 'expires_at',
      title: t('expiresAt'),
      width: 130,
      render: ({ expires_at }) => <TimeText at={expires_at} none={tc('noEnd')} />,
    },
    { key: 'created_at', title: t('createdAt'), width: 130, render: ({ created_at }) => <TimeText at={created_at} /> },
  ];
  if (!mayWrite) return columns;
  return [
    ...columns,
    { key: 'action', title: t('action'), width: 100, align: 'right', render: (token) => <Revoke token={token} /> },
  ];
}

/** Cannot be undone, so it is asked once. */
function Revoke({ token }: { token: ApiToken }) {
  const { t } = useTranslation('access');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const textOf = useFaultText();
  const revoke = api.useMutation('delete', '/api-tokens/{id}', {
    onSuccess: () => {
      invalidate('/api-tokens');
      void message.success(t('revoked'));
    },
    onError: (error) => void message.error(textOf(error)),
  });
  if (token.revoked_at !== null) return null;
  return (
    <Popconfirm
      title={t('revokeTitle', { name: token.name })}
      description={t('revokeHint')}
      okText={t('revoke')}
      cancelText={tc('cancel')}
      okButtonProps={{ danger: true }}
      onConfirm={() => revoke.mutate({ params: { path: { id: token.id } } })}
    >
      <Button danger type="text" size="small" loading={revoke.isPending}>
        {t('revoke')}
      </Button>
    </Popconfirm>
  );
}
