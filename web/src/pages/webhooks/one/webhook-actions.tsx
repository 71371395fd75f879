import { App, Button, Modal, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, invalidate, type Webhook } from '../../../api';
import { useFaultText } from '../../../components/fault-note';
import { Once } from '../../../components/once';
import type { EventType } from '../event-names';
import { WebhookForm } from '../webhook-form';

const refresh = () => invalidate('/webhooks', '/webhooks/{id}', '/webhooks/{id}/deliveries');

export function WebhookActions({ webhook }: { webhook: Webhook }) {
  return (
    <>
      <Test webhook={webhook} />
      <Edit webhook={webhook} />
      <Switch webhook={webhook} />
      <Rotate webhook={webhook} />
      <Remove webhook={webhook} />
    </>
  );
}

/** Says how an act ended. */
function useOutcome() {
  const { message } = App.useApp();
  const textOf = useFaultText();
  return {
    said: (text: string) => void message.success(text),
    failed: (error: unknown) => void message.error(textOf(error)),
  };
}

const pathOf = ({ id }: Webhook) => ({ path: { id } });
const fieldsOf = ({ url, description, event_types, version }: Webhook) => ({
  // The list comes from the server, which knows no others.
  ...{ url, description, version, event_types: event_types as EventType[] },
});

function Test({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const { said, failed } = useOutcome();
  const onSuccess = () => {
    said(t('tested'));
    // The receiver needs a moment to answer.
    setTimeout(refresh, 1000);
  };
  const test = api.useMutation('post', '/webhooks/{id}/tests', { onSuccess, onError: failed });
  return (
    <Button
      disabled={!webhook.active}
      loading={test.isPending}
      onClick={() => test.mutate({ params: pathOf(webhook) })}
    >
      {t('test')}
    </Button>
  );
}

function Edit({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const [open, setOpen] = useState(false);
  const { said } = useOutcome();
  const change = api.useMutation('put', '/webhooks/{id}');
  const { version, ...initial } = fieldsOf(webhook);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('edit')}</Button>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} destroyOnHidden width={640} title={t('edit')}>
        <WebhookForm
          initial={initial}
          submit={t('save')}
          onCancel={() => setOpen(false)}
          onSubmit={async (fields) => {
            const body = { ...fields, version, active: webhook.active };
            await change.mutateAsync({ params: pathOf(webhook), body });
            setOpen(false);
            said(t('saved'));
            refresh();
          }}
        />
      </Modal>
    </>
  );
}

/** Can be taken back at once, so it is not asked. */
function Switch({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const { said, failed } = useOutcome();
  const onSuccess = ({ active }: Webhook) => {
    said(t(active ? 'switchedOn' : 'switchedOff'));
    refresh();
  };
  const change = api.useMutation('put', '/webhooks/{id}', { onSuccess, onError: failed });
  const body = { ...fieldsOf(webhook), active: !webhook.active };
  return (
    <Button
      type={webhook.active ? 'default' : 'primary'}
      loading={change.isPending}
      onClick={() => change.mutate({ params: pathOf(webhook), body })}
    >
      {t(webhook.active ? 'switchOff' : 'switchOn')}
    </Button>
  );
}

function Rotate({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const { t: tc } = useTranslation();
  const { failed } = useOutcome();
  const rotate = api.useMutation('post', '/webhooks/{id}/secret', { onSuccess: refresh, onError: failed });
  return (
    <>
      <Popconfirm
        title={t('rotateTitle')}
        description={t('rotateHint')}
        okText={t('rotate')}
        cancelText={tc('cancel')}
        onConfirm={() => rotate.mutate({ params: pathOf(webhook) })}
      >
        <Button loading={rotate.isPending}>{t('rotate')}</Button>
      </Popconfirm>
      <Modal
        open={Boolean(rotate.data)}
        onCancel={() => rotate.reset()}
        footer={null}
        destroyOnHidden
        mask={{ closable: false }}
        title={t('rotated')}
      >
        {rotate.data && <Once secret={rotate.data.secret} hint={t('secretOnce')} copyLabel={t('copySecret')} />}
      </Modal>
    </>
  );
}

/** Cannot be undone, so it is asked once. */
function Remove({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const { t: tc } = useTranslation();
  const navigate = useNavigate();
  const { said, failed } = useOutcome();
  const onSuccess = () => {
    said(t('removed'));
    invalidate('/webhooks');
    void navigate('/settings/webhooks');
  };
  const remove = api.useMutation('delete', '/webhooks/{id}', { onSuccess, onError: failed });
  return (
    <Popconfirm
      title={t('removeTitle')}
      description={t('removeHint')}
      okText={t('remove')}
      cancelText={tc('cancel')}
      okButtonProps={{ danger: true }}
      onConfirm={() => remove.mutate({ params: pathOf(webhook) })}
    >
      <Button danger loading={remove.isPending}>
        {t('remove')}
      </Button>
    </Popconfirm>
  );
}
