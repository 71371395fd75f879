import { Button, Form, type FormInstance, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFault } from '../../components/form-fault';
import { useFormFault } from '../../components/use-form-fault';
import styles from './pick-lists.module.css';

interface Props<T extends object> {
  title: string;
  form: FormInstance<T>;
  initial: Partial<T>;
  /** Fields that the server may find wrong. */
  names: readonly string[];
  submit: string;
  width?: number;
  onClose(): void;
  /** Rejects with a fault. */
  onSubmit(fields: T): Promise<unknown>;
  children: ReactNode;
}

/** A short form in a window of its own: it stays open until the server has said yes. */
export function FormDialog<T extends object>(props: Props<T>) {
  const { title, form, initial, names, submit, width = 480, onClose, onSubmit, children } = props;
  const { t } = useTranslation();
  const faultOf = useFormFault(form, names);
  const [fault, setFault] = useState<string>();
  const [isPending, setPending] = useState(false);
  const send = async (fields: T) => {
    setPending(true);
    setFault(undefined);
    await onSubmit(fields).catch((error: unknown) => setFault(faultOf(error)));
    setPending(false);
  };
  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      title={title}
      width={width}
      mask={{ closable: false }}
      styles={{ header: { marginBottom: 16 } }}
    >
      <Form<T>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initial}
        onFinish={(fields) => void send(fields)}
      >
        {children}
        <FormFault text={fault} />
        <div className={styles.buttons}>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={isPending}>
            {submit}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
