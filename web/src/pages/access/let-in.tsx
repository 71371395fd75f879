import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate } from '../../api';
import { Once } from '../../components/once';
import { addressOf } from '../../lib/address-of';
import { AccountForm } from './account-form';

/** Makes an account, and then shows its sign-in link this once. */
export function LetIn() {
  const { t } = useTranslation('access');
  const [open, setOpen] = useState(false);
  const create = api.useMutation('post', '/users');
  const close = () => {
    setOpen(false);
    create.reset();
  };
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('letIn')}
      </Button>
      <Modal
        open={open}
        onCancel={close}
        footer={null}
        destroyOnHidden
        mask={{ closable: false }}
        width={560}
        style={{ top: 32 }}
        title={t(create.data ? 'letInDone' : 'letIn')}
      >
        {create.data ? (
          <Once secret={addressOf(create.data.sign_in_path)} hint={t('linkOnce')} copyLabel={t('copyLink')} />
        ) : (
          <AccountForm
            endHint={t('endHint')}
            submit={t('create')}
            onCancel={close}
            onSubmit={(body) => create.mutateAsync({ body }).then(() => invalidate('/users'))}
          />
        )}
      </Modal>
    </>
  );
}
