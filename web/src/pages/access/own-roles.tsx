import { App, Button, Modal, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate, type Role } from '../../api';
import { useFaultText } from '../../components/fault-note';
import styles from './access.module.css';
import { type GivenRole, RoleForm } from './role-form';

/** The roles the company put together itself: made, changed, removed. */
export function OwnRoles({ roles }: { roles: readonly Role[] }) {
  const { t } = useTranslation('access');
  const [edited, setEdited] = useState<Role | 'new'>();
  const save = useSave(edited);
  const own = roles.filter(({ version }) => version > 0);
  const close = () => setEdited(undefined);
  return (
    <>
      <div className={styles.ownHead}>
        <p className={styles.hint}>{t(own.length === 0 ? 'ownRolesNone' : 'ownRoles')}</p>
        <Button type="primary" onClick={() => setEdited('new')}>
          {t('newRole')}
        </Button>
      </div>
      {own.map((role) => (
        <OwnRole key={role.key} role={role} onEdit={() => setEdited(role)} />
      ))}
      <Modal
        open={edited !== undefined}
        onCancel={close}
        footer={null}
        destroyOnHidden
        mask={{ closable: false }}
        width={720}
        style={{ top: 32 }}
        title={t(edited === 'new' ? 'newRole' : 'editRole')}
      >
        <RoleForm
          {...(edited && edited !== 'new' ? { role: edited } : {})}
          roles={roles}
          onCancel={close}
          onSubmit={(given) => save(given).then(close)}
        />
      </Modal>
    </>
  );
}

function useSave(edited: Role | 'new' | undefined) {
  const { t } = useTranslation('access');
  const { message } = App.useApp();
  const create = api.useMutation('post', '/roles');
  const change = api.useMutation('put', '/roles/{key}');
  return async ({ about, fields, ...given }: GivenRole) => {
    const shown = Object.fromEntries(Object.entries(fields).filter(([, access]) => access !== undefined));
    const body = { ...given, about, fields: shown };
    if (edited && edited !== 'new') {
      await change.mutateAsync({ params: { path: { key: edited.key } }, body: { ...body, version: edited.version } });
    } else await create.mutateAsync({ body });
    invalidate('/roles');
    void message.success(t('roleSaved'));
  };
}

function OwnRole({ role, onEdit }: { role: Role; onEdit(): void }) {
  const { t } = useTranslation('access');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const textOf = useFaultText();
  const remove = api.useMutation('delete', '/roles/{key}', {
    onSuccess: () => {
      invalidate('/roles');
      void message.success(t('roleRemoved'));
    },
    onError: (error) => void message.error(textOf(error)),
  });
  return (
    <div className={styles.ownRole}>
      <span>
        {role.name} <span className={styles.quiet}>{t('roleVersion', { version: role.version })}</span>
        <span className={styles.about}>{role.about}</span>
      </span>
      <span>
        <Button type="text" size="small" onClick={onEdit}>
          {t('editRole')}
        </Button>
        <Popconfirm
          title={t('removeRoleTitle', { name: role.name ?? '' })}
          description={t('removeRoleHint')}
          okText={t('remove')}
          cancelText={tc('cancel')}
          okButtonProps={{ danger: true }}
          onConfirm={() => remove.mutate({ params: { path: { key: role.key } } })}
        >
          <Button danger type="text" size="small" loading={remove.isPending}>
            {t('remove')}
          </Button>
        </Popconfirm>
      </span>
    </div>
  );
}
