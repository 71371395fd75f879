import { Button, Checkbox, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../api';
import { FormFault } from '../../components/form-fault';
import { useFormFault } from '../../components/use-form-fault';
import { useWord } from '../../lib/use-word';
import styles from './access.module.css';
import { fields, givable, permissionGroups } from './matrix';

const reaches = ['nobody', 'line', 'company'] as const;
const accesses = ['none', 'masked', 'read'] as const;

export type GivenRole = Pick<Role, 'about' | 'reach' | 'permissions' | 'fields'> & { name: string };

interface Props {
  role?: Role;
  /** Every role there is: what any of them gives can be chosen. */
  roles: readonly Role[];
  onCancel(): void;
  /** Rejects with a fault. */
  onSubmit(role: GivenRole): Promise<unknown>;
}

/** Name, reach, permissions in the groups of the matrix, and what is shown of guarded fields. */
export function RoleForm({ role, roles, onCancel, onSubmit }: Props) {
  const { t } = useTranslation('access');
  const { t: tc } = useTranslation();
  const [form] = Form.useForm<GivenRole>();
  const [fault, setFault] = useState<string>();
  const [pending, setPending] = useState(false);
  const faultOf = useFormFault(form, ['name', 'permissions']);
  const wordOf = useWord('access');
  const send = async (given: GivenRole) => {
    setPending(true);
    setFault(undefined);
    await onSubmit(given).catch((error: unknown) => setFault(faultOf(error)));
    setPending(false);
  };
  const initial = {
    ...{ name: role?.name ?? '', about: role?.about ?? '', reach: role?.reach ?? 'nobody' },
    ...{ permissions: role?.permissions ?? [], fields: role?.fields ?? {} },
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      onFinish={(given) => void send(given)}
    >
      <Form.Item
        name="name"
        label={t('name')}
        rules={[{ required: true, whitespace: true, message: t('roleNameNeeded') }]}
      >
        <Input maxLength={64} autoComplete="off" autoFocus />
      </Form.Item>
      <Form.Item name="about" label={t('roleWhatFor')}>
        <Input maxLength={255} autoComplete="off" />
      </Form.Item>
      <Form.Item name="reach" label={t('reach')}>
        <Radio.Group options={reaches.map((value) => ({ value, label: t(`reachOf.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="permissions"
        label={t('permission')}
        extra={t('roleApart')}
        rules={[{ required: true, message: t('rolePermissionNeeded') }]}
      >
        <Permissions roles={roles} />
      </Form.Item>
      <Form.Item label={t('groupFields')} extra={t('fieldHint')}>
        <div className={styles.fieldRow}>
          {fields.map((field) => (
            <Form.Item key={field} name={['fields', field]} label={wordOf(`field.${field}`) ?? field}>
              <Select
                placeholder={t('fieldAccess.none')}
                options={accesses.map((value) => ({ value, label: t(`fieldAccess.${value}`) }))}
              />
            </Form.Item>
          ))}
        </div>
      </Form.Item>
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onCancel}>{tc('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={pending}>
          {t('saveRole')}
        </Button>
      </div>
    </Form>
  );
}

interface PermissionsProps {
  id?: string;
  value?: string[];
  onChange?(next: string[]): void;
  roles: readonly Role[];
}

function Permissions({ id, value = [], onChange, roles }: PermissionsProps) {
  const { t } = useTranslation('access');
  const wordOf = useWord('access');
  const toggle = (permission: string, isChosen: boolean) =>
    onChange?.(isChosen ? [...value, permission] : value.filter((one) => one !== permission));
  return (
    <fieldset id={id} className={styles.roles} aria-label={t('permission')}>
      {permissionGroups(roles).map(({ key, permissions }) => (
        <div key={key} className={styles.permissionGroup}>
          <p className={styles.hint}>{t(`groups.${key}`)}</p>
          {permissions.filter(givable).map((permission) => (
            <Checkbox
              key={permission}
              checked={value.includes(permission)}
              onChange={(event) => toggle(permission, event.target.checked)}
            >
              {wordOf(`can.${permission}`) ?? permission}
            </Checkbox>
          ))}
        </div>
      ))}
    </fieldset>
  );
}
