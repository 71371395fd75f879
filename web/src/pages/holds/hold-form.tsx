import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate } from '../../api';
import { FormFault } from '../../components/form-fault';
import { useFormFault } from '../../components/use-form-fault';
import { Narrowing, narrowing } from '../exports/narrowing-fields';
import { ConversationTitle } from '../messages/conversation-title';
import styles from './holds.module.css';

interface Fields extends Partial<Record<(typeof narrowing)[number], string>> {
  name: string;
  matter: string;
  reason: string;
}

/** `params`: what the hold is about already, as the address says. */
export function HoldForm({ params, onClose }: { params: URLSearchParams; onClose(): void }) {
  const { t } = useTranslation('holds');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [fault, setFault] = useState<string>();
  const faultOf = useFormFault(form, [...narrowing, 'name', 'matter', 'reason']);
  const conversation = params.get('conversation_id');
  const create = api.useMutation('post', '/archive/holds', {
    onSuccess() {
      invalidate('/archive/holds');
      void message.success(t('didCreate'));
      onClose();
    },
    onError: (error: unknown) => setFault(faultOf(error)),
  });
  const send = ({ name, matter, reason, ...given }: Fields) => {
    setFault(undefined);
    const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
    if (!conversation && Object.keys(named).length === 0) return setFault(t('nameSomething'));
    create.mutate({
      body: { name, matter, reason, ...named, ...(conversation ? { conversation_id: conversation } : {}) },
    });
  };
  const needed = (message: string) => [{ required: true, whitespace: true, message }];
  return (
    <Form<Fields> name="hold" form={form} layout="vertical" requiredMark={false} onFinish={send}>
      <div className={styles.pair}>
        <Form.Item name="name" label={t('name')} rules={needed(t('nameNeeded'))}>
          <Input maxLength={100} autoComplete="off" autoFocus />
        </Form.Item>
        <Form.Item name="matter" label={t('matter')} rules={needed(t('matterNeeded'))}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
      </div>
      <Form.Item name="reason" label={t('reason')} rules={needed(t('reasonNeeded'))}>
        <Input.TextArea maxLength={500} rows={2} />
      </Form.Item>
      <p className={styles.hint}>{t('whatHint')}</p>
      {conversation && (
        <p className={styles.about}>
          {t('conversation')} <ConversationTitle id={conversation} />
        </p>
      )}
      <Narrowing people={!conversation} />
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={create.isPending}>
          {t('create')}
        </Button>
      </div>
    </Form>
  );
}
