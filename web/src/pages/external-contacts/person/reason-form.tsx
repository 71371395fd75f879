import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { asFault } from '../../../api';
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
}

interface Given {
  reason: string;
}

/** With these the way on leads over the reader's own account. */
const asksForFactor = new Set(['ACCESS_FRESH_FACTOR_REQUIRED', 'REVEAL_NO_FACTOR']);

/** Why somebody does it: the reason goes into the audit trail with their name. */
export function ReasonForm({ words, onReason, onClose }: Props) {
  const { t } = useTranslation('externalContacts');
  const { t: tc } = useTranslation();
  const [form] = Form.useForm<Given>();
  const [fault, setFault] = useState<{ text: string | undefined; asksForFactor: boolean }>();
  const [isPending, setPending] = useState(false);
  const faultOf = useFormFault(form, ['reason']);
  const send = async ({ reason }: Given) => {
    setFault(undefined);
    setPending(true);
    try {
      await onReason(reason.trim());
    } catch (error) {
      setFault({ text: faultOf(error), asksForFactor: asksForFactor.has(asFault(error).code) });
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
      <FormFault text={fault?.text} />
      <div className={styles.formButtons}>
        {fault?.asksForFactor && <Link to="/account">{t('reveal.factor')}</Link>}
        <Button size="small" onClick={onClose}>
          {tc('cancel')}
        </Button>
        <Button size="small" type="primary" htmlType="submit" loading={isPending}>
          {words.submit}
        </Button>
      </div>
    </Form>
  );
}
