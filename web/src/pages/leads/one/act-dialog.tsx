import { App, Button, Form, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFault } from '../../../components/form-fault';
import { useFormFault } from '../../../components/use-form-fault';
import { actOn, renewRecords } from '../../../records';
import styles from '../../../records/records.module.css';

interface Props {
  id: string;
  act: string;
  title: string;
  done: string;
  names: readonly string[];
  /** The body of the act, from the values of the form. */
  bodyOf?: (values: Record<string, unknown>) => Record<string, unknown>;
  onClose(): void;
  children: ReactNode;
}

/** A short form before an act on a lead. */
export function ActDialog({ id, act, title, done, names, bodyOf, onClose, children }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Record<string, unknown>>();
  const [fault, setFault] = useState<string>();
  const [isPending, setIsPending] = useState(false);
  const faultOf = useFormFault(form, names);
  const send = async (values: Record<string, unknown>) => {
    setIsPending(true);
    try {
      await actOn('leads', id, act, bodyOf ? bodyOf(values) : values);
      renewRecords('leads/touches', 'customers', 'contacts');
      void message.success(done);
      onClose();
    } catch (thrown) {
      setFault(faultOf(thrown));
    } finally {
      setIsPending(false);
    }
  };
  return (
    <Modal open onCancel={onClose} footer={null} destroyOnHidden title={title}>
      <Form name={act} form={form} layout="vertical" requiredMark={false} onFinish={(values) => void send(values)}>
        {children}
        <FormFault text={fault} />
        <div className={styles.buttons}>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={isPending}>
            {title}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
