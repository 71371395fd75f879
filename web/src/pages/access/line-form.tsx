import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFault } from '../../components/form-fault';
import { EndField, StaffField } from '../../components/form-fields';
import { useFormFault } from '../../components/use-form-fault';
import styles from './access.module.css';

export interface NewLine {
  /** The superior, or the deputy. */
  superior: string;
  userid: string;
  until?: string;
}

interface Props {
  kind: 'line' | 'deputy';
  submit: string;
  onCancel(): void;
  /** Rejects with a fault. */
  onSubmit(line: NewLine): Promise<void>;
}

export function LineForm({ kind, submit, onCancel, onSubmit }: Props) {
  const { t } = useTranslation('access');
  const { t: tc } = useTranslation();
  const [form] = Form.useForm<NewLine>();
  const [fault, setFault] = useState<string>();
  const [pending, setPending] = useState(false);
  const faultOf = useFormFault(form, ['superior', 'userid', ...(kind === 'deputy' ? ['until'] : [])]);
  const given = Form.useWatch([], form) as Partial<NewLine> | undefined;
  const isWhole = Boolean(given?.superior && given.userid && (kind === 'line' || given.until));
  const send = async (line: NewLine) => {
    setPending(true);
    setFault(undefined);
    await onSubmit(line).catch((error: unknown) => setFault(faultOf(error)));
    setPending(false);
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(line) => void send(line)}>
      <Form.Item name="superior" label={t(kind === 'line' ? 'superior' : 'deputy')}>
        <StaffField />
      </Form.Item>
      <Form.Item name="userid" label={t(kind === 'line' ? 'member' : 'standsInFor')}>
        <StaffField />
      </Form.Item>
      {kind === 'deputy' && (
        <Form.Item name="until" label={t('until')} extra={tc('dayEnds')}>
          <EndField />
        </Form.Item>
      )}
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onCancel}>{tc('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={pending} disabled={!isWhole}>
          {submit}
        </Button>
      </div>
    </Form>
  );
}
