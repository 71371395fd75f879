import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate } from '../../api';
import { Once } from '../../components/once';
import { AccountForm } from './account-form';

/** Makes a token for a program, and then shows it this once. */
export function IssueToken() {
  const { t } = useTranslation('access');
  const [open, setOpen] = useState(false);
  const create = api.useMutation('post', '/api-tokens');
  const close = () => {
    setOpen(false);
    create.reset();
  };
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('issueToken')}
      </Button>
      <Modal
        open={open}
        onCancel={close}
        footer={null}
        destroyOnHidden
        mask={{ closable: false }}
        width={560}
        style={{ top: 32 }}
        title={t(create.data ? 'tokenIssued' : 'issueToken')}
      >
        {create.data ? (
          <Once secret={create.data.token} hint={t('tokenOnce')} copyLabel={t('copyToken')} />
        ) : (
          <AccountForm
            endHint={t('endHintToken')}
            submit={t('create')}
            onCancel={close}
            onSubmit={(body) => create.mutateAsync({ body }).then(() => invalidate('/api-tokens'))}
          />
        )}
      </Modal>
    </>
  );
}
