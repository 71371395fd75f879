import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RoleKey, useAsked } from '../../api';
import { FormFault } from '../../components/form-fault';
import { EndField, StaffField } from '../../components/form-fields';
import { useFormFault } from '../../components/use-form-fault';
import styles from './access.module.css';
import { isOverloaded, needsEnd } from './duties';
import { RolesField } from './roles-field';

export interface NewAccount {
  name: string;
  roles: RoleKey[];
  userid?: string;
  expires_at?: string;
}

interface Props {
  endHint: string;
  submit: string;
  onCancel(): void;
  /** Rejects with a fault. */
  onSubmit(account: NewAccount): Promise<unknown>;
}

const names = ['name', 'userid', 'roles', 'expires_at'];

/** A name, whose it is, what it may do and until when: the same for somebody who signs in and for a program. */
export function AccountForm({ endHint, submit, onCancel, onSubmit }: Props) {
  const { t } = useTranslation('access');
  const { t: tc } = useTranslation();
  const [form] = Form.useForm<NewAccount>();
  const [fault, setFault] = useState<string>();
  const [pending, setPending] = useState(false);
  useAsked(onCancel);
  const faultOf = useFormFault(form, names);
  const roles = Form.useWatch('roles', form) ?? [];
  const name = Form.useWatch('name', form) ?? '';
  const send = async (given: NewAccount) => {
    setPending(true);
    setFault(undefined);
    await onSubmit(given).catch((error: unknown) => setFault(faultOf(error)));
    setPending(false);
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={({ userid, expires_at, ...rest }) =>
        void send({ ...rest, ...(userid ? { userid } : {}), ...(expires_at ? { expires_at } : {}) })
      }
    >
      <Form.Item name="name" label={t('name')} extra={t('nameHint')}>
        <Input maxLength={128} autoComplete="off" autoFocus />
      </Form.Item>
      <Form.Item name="userid" label={t('staff')} extra={t('staffHint')}>
        <StaffField />
      </Form.Item>
      <Form.Item name="roles" label={t('roles')}>
        <RolesField />
      </Form.Item>
      <Form.Item name="expires_at" label={t('expiresAt')} extra={needsEnd(roles) ? t('auditorEnd') : endHint}>
        <EndField />
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onCancel}>{tc('cancel')}</Button>
        <Button
          type="primary"
          htmlType="submit"
          loading={pending}
          disabled={name.trim() === '' || roles.length === 0 || isOverloaded(roles)}
        >
          {submit}
        </Button>
      </div>
    </Form>
  );
}
