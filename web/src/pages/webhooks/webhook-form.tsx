import { Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFault } from '../../components/form-fault';
import { useFormFault } from '../../components/use-form-fault';
import { type EventType, eventTypes, useEventName } from './event-names';
import styles from './webhooks.module.css';

export interface WebhookFields {
  url: string;
  description: string;
  event_types: EventType[];
}

interface Props {
  initial: WebhookFields;
  submit: string;
  onCancel(): void;
  /** Rejects with a fault. */
  onSubmit(fields: WebhookFields): Promise<unknown>;
}

const names = ['url', 'description', 'event_types'];

/** Where to, about what: the same for a new webhook and for a change. */
export function WebhookForm({ initial, submit, onCancel, onSubmit }: Props) {
  const { t } = useTranslation('webhooks');
  const { t: tc } = useTranslation();
  const [form] = Form.useForm<WebhookFields>();
  const [fault, setFault] = useState<string>();
  const [pending, setPending] = useState(false);
  const faultOf = useFormFault(form, names);
  const { url = '', event_types = [] } = Form.useWatch([], form) ?? initial;
  const send = async (fields: WebhookFields) => {
    setPending(true);
    setFault(undefined);
    await onSubmit(fields).catch((error: unknown) => setFault(faultOf(error)));
    setPending(false);
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      onFinish={(fields) => void send(fields)}
    >
      <Form.Item name="url" label={t('url')} extra={t('urlHint')}>
        <Input maxLength={2048} autoComplete="off" inputMode="url" autoFocus />
      </Form.Item>
      <Form.Item name="description" label={t('description')} extra={t('descriptionHint')}>
        <Input maxLength={255} autoComplete="off" />
      </Form.Item>
      <Form.Item name="event_types" label={t('events')} extra={t('eventsHint')}>
        <EventBoxes />
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onCancel}>{tc('cancel')}</Button>
        <Button
          type="primary"
          htmlType="submit"
          loading={pending}
          disabled={url.trim() === '' || event_types.length === 0}
        >
          {submit}
        </Button>
      </div>
    </Form>
  );
}

function EventBoxes({ value = [], onChange }: { value?: EventType[]; onChange?: (next: EventType[]) => void }) {
  const nameOf = useEventName();
  return (
    <Checkbox.Group className={styles.events ?? ''} value={value} onChange={(next) => onChange?.(next as EventType[])}>
      {eventTypes.map((type) => (
        <Checkbox key={type} value={type}>
          {nameOf(type)}
          <code className={styles.code}>{type}</code>
        </Checkbox>
      ))}
    </Checkbox.Group>
  );
}
