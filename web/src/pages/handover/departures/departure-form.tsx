import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate } from '../../../api';
import { FormFault } from '../../../components/form-fault';
import { DayField, StaffField } from '../../../components/form-fields';
import { useFormFault } from '../../../components/use-form-fault';
import styles from '../handover.module.css';

interface Fields {
  userid: string;
  last_day?: string;
  note?: string;
}

const names = ['userid', 'last_day', 'note'] as const;

/** Somebody is going to leave: noted before WeCom knows. */
export function DepartureForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('handoverDesk');
  const { t: tc } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const [fault, setFault] = useState<string>();
  const faultOf = useFormFault(form, names);
  const plan = api.useMutation('post', '/departures', {
    onSuccess() {
      invalidate('/departures');
      onClose();
    },
    onError: (error: unknown) => setFault(faultOf(error)),
  });
  const send = ({ userid, last_day, note }: Fields) => {
    setFault(undefined);
    plan.mutate({ body: { userid, ...(last_day ? { last_day } : {}), ...(note?.trim() ? { note } : {}) } });
  };
  return (
    <Form<Fields> name="departure" form={form} layout="vertical" requiredMark={false} onFinish={send}>
      <p className={styles.hint}>{t('registerHint')}</p>
      <Form.Item name="userid" label={t('member')} rules={[{ required: true, message: t('memberNeeded') }]}>
        <StaffField />
      </Form.Item>
      <Form.Item name="last_day" label={t('lastDay')} extra={t('lastDayHint')}>
        <DayField />
      </Form.Item>
      <Form.Item name="note" label={t('note')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={plan.isPending}>
          {t('registerSave')}
        </Button>
      </div>
    </Form>
  );
}
