import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFault } from '../../../components/form-fault';
import { useFormFault } from '../../../components/use-form-fault';
import styles from './person.module.css';

interface Words {
  label: string;
  hint: string;
  example: string;
  submit: string;
}

interface Props {
  words: Words;
  /** @throws the fault of the server */
  onReason(reason: string): Promise<unknown>;
  onClose(): void;
  /** What is done cannot be taken back. */
  danger?: boolean;
}

interface Given {
  reason: string;
}

/** Why somebody does it: the reason goes into the audit trail with their name. */
export function ReasonForm({ words, onReason, onClose, danger = false }: Props) {
  const { t } = useTranslation('externalContacts');
  const { t: tc } = useTranslation();
  const [form] = Form.useForm<Given>();
  const [fault, setFault] = useState<string>();
  const [isPending, setPending] = useState(false);
  const faultOf = useFormFault(form, ['reason']);
  const send = async ({ reason }: Given) => {
    setFault(undefined);
    setPending(true);
    try {
      await onReason(reason.trim());
    } catch (error) {
      setFault(faultOf(error));
    } finally {
      setPending(false);
    }
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={send} className={styles.reasonForm ?? ''}>
      <Form.Item
        name="reason"
        label={words.label}
        extra={words.hint}
        rules={[{ required: true, whitespace: true, min: 4, message: t('reveal.short') }]}
      >
        <Input maxLength={200} placeholder={words.example} autoComplete="off" />
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.formButtons}>
        <Button size="small" onClick={onClose}>
          {tc('cancel')}
        </Button>
        <Button size="small" type="primary" danger={danger} htmlType="submit" loading={isPending}>
          {words.submit}
        </Button>
      </div>
    </Form>
  );
}
