import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, asFault, invalidate, noteRun, useAsked } from '../../api';
import { FormFault } from '../../components/form-fault';
import { useFormFault } from '../../components/use-form-fault';
import { ConversationTitle } from '../messages/conversation-title';
import styles from './exports.module.css';
import { Narrowing, narrowing } from './narrowing-fields';

interface Fields extends Partial<Record<(typeof narrowing)[number], string>> {
  matter?: string;
  reason: string;
}

/** `params`: what the export is about already, as the address says. */
export function ExportForm({ params, onClose }: { params: URLSearchParams; onClose(): void }) {
  const { t } = useTranslation('archiveExports');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [fault, setFault] = useState<string>();
  const faultOf = useFormFault(form, [...narrowing, 'reason', 'matter']);
  const conversation = params.get('conversation_id');
  useAsked(onClose);
  const start = api.useMutation('post', '/archive/exports', {
    onSuccess(run) {
      noteRun(run);
      invalidate('/archive/exports');
      void message.success(t('started'));
      onClose();
    },
    // The dialog of the frame asks for the second person.
    onError: (error) => asFault(error).code !== 'APPROVAL_REQUIRED' && setFault(faultOf(error)),
  });
  const send = ({ reason, matter, ...given }: Fields) => {
    setFault(undefined);
    const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
    start.mutate({
      body: {
        ...{ ...named, reason: reason.trim() },
        ...(matter?.trim() ? { matter: matter.trim() } : {}),
        ...(conversation ? { conversation_ids: [conversation] } : {}),
      },
    });
  };
  const initial = Object.fromEntries(narrowing.flatMap((key) => (params.get(key) ? [[key, params.get(key)]] : [])));
  return (
    <Form<Fields>
      name="export"
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      onFinish={send}
    >
      <p className={styles.hint}>{t('formHint')}</p>
      {conversation && (
        <p className={styles.about}>
          {t('conversation')} <ConversationTitle id={conversation} />
        </p>
      )}
      <Narrowing people={!conversation} />
      <Form.Item name="matter" label={t('matter')} extra={t('matterHint')}>
        <Input maxLength={191} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('reason')}
        extra={t('reasonHint')}
        rules={[{ required: true, whitespace: true, min: 4, message: t('reasonNeeded') }]}
      >
        <Input.TextArea maxLength={500} rows={3} />
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={start.isPending}>
          {t('start')}
        </Button>
      </div>
    </Form>
  );
}
