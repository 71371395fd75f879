import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, invalidate, type User, useCan } from '../../api';
import { Facts } from '../../components/facts';
import { FaultNote, useFaultText } from '../../components/fault-note';
import { Note } from '../../components/note';
import { Once } from '../../components/once';
import { Person } from '../../components/person';
import { TimeText } from '../../components/time-text';
import { addressOf } from '../../lib/address-of';
import { staffPath } from '../../lib/paths';
import styles from './access.module.css';
import { ChangeRoles } from './change-roles';
import { RoleTags } from './role-tags';
import { UserStateTag } from './state-tags';
import { UserSso } from './user-sso';

/** One account, and what an administrator can do with it. */
export function UserDrawer({ user }: { user: User | undefined }) {
  const { t } = useTranslation('access');
  const mayWrite = useCan('access:write');
  if (!user) return <Note small>{t('userGone')}</Note>;
  return (
    <div className={styles.sections}>
      <UserFacts user={user} />
      {user.disabled_at !== null && <p className={styles.hint}>{t('disabledNote')}</p>}
      {mayWrite && user.disabled_at === null && (
        <>
          <ChangeRoles key={user.roles.join()} user={user} />
          <NewLink user={user} />
          <UserSso user={user} />
          <ShutOut user={user} />
        </>
      )}
    </div>
  );
}

function UserFacts({ user }: { user: User }) {
  const { t } = useTranslation('access');
  const { t: tc } = useTranslation();
  const { userid, staff_name } = user;
  return (
    <Facts
      items={[
        { label: t('state'), value: <UserStateTag user={user} /> },
        {
          label: t('staff'),
          value: userid ? <Person id={userid} name={staff_name} to={staffPath(userid)} size={20} /> : t('noStaff'),
        },
        { label: t('roles'), value: <RoleTags roles={user.roles} /> },
        { label: t('expiresAt'), value: <TimeText at={user.expires_at} none={tc('noEnd')} /> },
        { label: t('createdAt'), value: <TimeText at={user.created_at} /> },
      ]}
    />
  );
}

function NewLink({ user }: { user: User }) {
  const { t } = useTranslation('access');
  const link = api.useMutation('post', '/users/{id}/sign-in-links');
  return (
    <section>
      <h3 className={styles.heading}>{t('link')}</h3>
      <p className={styles.hint}>{t('linkHint')}</p>
      {link.error && <FaultNote error={link.error} small />}
      {link.data ? (
        <Once secret={addressOf(link.data.sign_in_path)} hint={t('linkOnce')} copyLabel={t('copyLink')} />
      ) : (
        <Button loading={link.isPending} onClick={() => link.mutate({ params: { path: { id: user.id } } })}>
          {t('newLink')}
        </Button>
      )}
    </section>
  );
}

/** Cannot be undone, so it is asked once. */
function ShutOut({ user }: { user: User }) {
  const { t } = useTranslation('access');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const textOf = useFaultText();
  const disable = api.useMutation('post', '/users/{id}/disable', {
    onSuccess: () => {
      invalidate('/users');
      void message.success(t('disabled'));
    },
    onError: (error) => void message.error(textOf(error)),
  });
  return (
    <section>
      <h3 className={styles.heading}>{t('disable')}</h3>
      <p className={styles.hint}>{t('disableHint')}</p>
      <Popconfirm
        title={t('disableTitle', { name: user.name })}
        okText={t('disable')}
        cancelText={tc('cancel')}
        okButtonProps={{ danger: true }}
        onConfirm={() => disable.mutate({ params: { path: { id: user.id } } })}
      >
        <Button danger loading={disable.isPending}>
          {t('disable')}
        </Button>
      </Popconfirm>
    </section>
  );
}
