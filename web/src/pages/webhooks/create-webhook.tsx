import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate } from '../../api';
import { Once } from '../../components/once';
import { WebhookForm } from './webhook-form';

/** Makes a webhook, and then shows its secret this once. */
export function CreateWebhook() {
  const { t } = useTranslation('webhooks');
  const [open, setOpen] = useState(false);
  const create = api.useMutation('post', '/webhooks');
  const close = () => {
    setOpen(false);
    create.reset();
  };
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('create')}
      </Button>
      <Modal
        open={open}
        onCancel={close}
        footer={null}
        destroyOnHidden
        mask={{ closable: false }}
        width={640}
        title={t(create.data ? 'created' : 'create')}
      >
        {create.data ? (
          <Once secret={create.data.secret} hint={t('secretOnce')} copyLabel={t('copySecret')} />
        ) : (
          <WebhookForm
            initial={{ url: '', description: '', event_types: [] }}
            submit={t('createNow')}
            onCancel={close}
            onSubmit={(body) => create.mutateAsync({ body }).then(() => invalidate('/webhooks'))}
          />
        )}
      </Modal>
    </>
  );
}
