import { App, Button, Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate } from '../../api';
import { FormFault } from '../../components/form-fault';
import { useFormFault } from '../../components/use-form-fault';
import styles from './archive.module.css';

interface NewKey {
  version: number;
  pem: string;
}

/** A private key goes to the server and never comes back. */
export function AddKey() {
  const { t } = useTranslation('archive');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('addKey')}
      </Button>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} destroyOnHidden width={560} title={t('addKey')}>
        <KeyForm onClose={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function KeyForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('archive');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<NewKey>();
  const [fault, setFault] = useState<string>();
  const faultOf = useFormFault(form, ['version', 'pem']);
  const given = Form.useWatch([], form) as Partial<NewKey> | undefined;
  const add = api.useMutation('post', '/archive/keys', {
    onSuccess({ added }) {
      void message.success(t(added ? 'keyAdded' : 'keyKnown'));
      invalidate('/archive/keys', '/archive/status');
      onClose();
    },
    onError: (error: unknown) => setFault(faultOf(error)),
  });
  const send = (body: NewKey) => {
    setFault(undefined);
    add.mutate({ body });
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={send}>
      <Form.Item name="version" label={t('version')} extra={t('versionHint')}>
        <InputNumber min={1} max={1_000_000} precision={0} />
      </Form.Item>
      <Form.Item name="pem" label={t('pem')} extra={t('pemHint')}>
        <Input.TextArea
          className={styles.pem ?? ''}
          rows={8}
          autoComplete="off"
          spellCheck={false}
          placeholder="-----BEGIN PRIVATE KEY-----"
        />
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={add.isPending} disabled={!given?.version || !given.pem}>
          {t('addKey')}
        </Button>
      </div>
    </Form>
  );
}
