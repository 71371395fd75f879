import { App, Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, asFault } from '../../../api';
import { renewHandovers } from '../../../api/handovers';
import { FormFault } from '../../../components/form-fault';
import { useFormFault } from '../../../components/use-form-fault';
import { MessagePreview } from '../parts/message-preview';
import styles from './one.module.css';
import type { Plan } from './types';

interface Fields {
  name: string;
  message: string;
  second_candidate: boolean;
  carry_over: boolean;
}

export function EditForm({ plan, onClose }: { plan: Plan; onClose(): void }) {
  const { t } = useTranslation('handoverPlans');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [fault, setFault] = useState<string>();
  const faultOf = useFormFault(form, ['name', 'message']);
  const typed = Form.useWatch('message', form) ?? '';
  const { mutate, isPending } = api.useMutation('put', '/handovers/{id}', {
    onSuccess() {
      renewHandovers();
      void message.success(t('edited'));
      onClose();
    },
    onError(error) {
      if (asFault(error).status === 409) renewHandovers();
      setFault(faultOf(error));
    },
  });
  const send = (fields: Fields) => {
    setFault(undefined);
    const body = { ...fields, name: fields.name.trim(), message: fields.message.trim() || null, version: plan.version };
    mutate({ params: { path: { id: plan.id } }, body });
  };
  const { name, second_candidate, carry_over, from } = plan;
  const isHeard = from.some(({ departed_at }) => departed_at === null);
  return (
    <Form<Fields>
      name="handover-edit"
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ name, message: plan.message ?? '', second_candidate, carry_over }}
      onFinish={send}
    >
      <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('nameNeeded') }]}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item
        name="message"
        label={t('message')}
        extra={isHeard ? t('messageHint') : t('messageUnheard')}
        hidden={!isHeard}
      >
        <Input.TextArea rows={3} maxLength={200} showCount placeholder={t('messageNone')} />
      </Form.Item>
      {isHeard && <MessagePreview text={typed} />}
      <Form.Item name="second_candidate" valuePropName="checked" className={styles.check ?? ''}>
        <Checkbox>{t('secondCandidate')}</Checkbox>
      </Form.Item>
      <Form.Item name="carry_over" valuePropName="checked" className={styles.check ?? ''}>
        <Checkbox>{t('carryOver')}</Checkbox>
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={isPending}>
          {t('editSave')}
        </Button>
      </div>
    </Form>
  );
}
