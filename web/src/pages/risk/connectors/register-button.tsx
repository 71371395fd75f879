import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate } from '../../../api';
import { FormFault } from '../../../components/form-fault';
import { useFormFault } from '../../../components/use-form-fault';
import styles from './connectors.module.css';

interface Fields {
  name: string;
  public_key: string;
}

export function RegisterButton() {
  const { t } = useTranslation('connectors');
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('register')}
      </Button>
      <Modal open={isOpen} onCancel={close} footer={null} destroyOnHidden title={t('register')}>
        <RegisterForm onClose={close} />
      </Modal>
    </>
  );
}

/** The private key stays with the program: only the public one is given here. */
function RegisterForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('connectors');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [fault, setFault] = useState<string>();
  const faultOf = useFormFault(form, ['name', 'public_key']);
  const register = api.useMutation('post', '/device-connectors', {
    onSuccess({ name }) {
      invalidate('/device-connectors');
      void message.success(t('didRegister', { name }));
      onClose();
    },
    onError: (error: unknown) => setFault(faultOf(error)),
  });
  const send = (body: Fields) => {
    setFault(undefined);
    register.mutate({ body });
  };
  return (
    <Form<Fields> name="connector" form={form} layout="vertical" requiredMark={false} onFinish={send}>
      <p className={styles.hint}>{t('registerHint')}</p>
      <Form.Item
        name="name"
        label={t('name')}
        extra={t('nameHint')}
        rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9-]{0,31}$/, message: t('nameHint') }]}
      >
        <Input maxLength={32} autoComplete="off" autoFocus />
      </Form.Item>
      <Form.Item
        name="public_key"
        label={t('publicKey')}
        extra={t('keyHint')}
        normalize={(text: string) => text.trim()}
        rules={[{ required: true, pattern: /^[A-Za-z0-9+/]{43}=$/, message: t('keyWrong') }]}
      >
        <Input maxLength={44} autoComplete="off" spellCheck={false} />
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={register.isPending}>
          {t('register')}
        </Button>
      </div>
    </Form>
  );
}
