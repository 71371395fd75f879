import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate } from '../../../api';
import { type Departure, noteDeparture } from '../../../api/departures';
import { FormFault } from '../../../components/form-fault';
import { DayField } from '../../../components/form-fields';
import { useFormFault } from '../../../components/use-form-fault';
import styles from '../handover.module.css';

interface Fields {
  last_day?: string;
  note?: string;
}

const names = ['last_day', 'note'] as const;

/** The last day and the note of a departure. */
export function ChangeForm({ departure, onClose }: { departure: Departure; onClose(): void }) {
  const { t } = useTranslation('handoverDesk');
  const { t: tc } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const [fault, setFault] = useState<string>();
  const faultOf = useFormFault(form, names);
  const { id, version, last_day, note } = departure;
  const change = api.useMutation('put', '/departures/{id}', {
    onSuccess(changed) {
      noteDeparture(changed);
      invalidate('/departures');
      onClose();
    },
    onError: (error: unknown) => setFault(faultOf(error)),
  });
  const send = (fields: Fields) => {
    setFault(undefined);
    const body = { last_day: fields.last_day ?? null, note: fields.note?.trim() || null, version };
    change.mutate({ params: { path: { id } }, body });
  };
  const known = { ...(last_day ? { last_day } : {}), ...(note ? { note } : {}) };
  return (
    <Form<Fields>
      name="departure-change"
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={known}
      onFinish={send}
    >
      <Form.Item name="last_day" label={t('lastDay')} extra={t('lastDayHint')}>
        <DayField />
      </Form.Item>
      <Form.Item name="note" label={t('note')}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('save')}
        </Button>
      </div>
    </Form>
  );
}
