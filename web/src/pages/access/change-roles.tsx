import { App, Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate, type RoleKey, type User, useAsked } from '../../api';
import { FormFault } from '../../components/form-fault';
import { EndField } from '../../components/form-fields';
import { useFormFault } from '../../components/use-form-fault';
import styles from './access.module.css';
import { isOverloaded, needsEnd } from './duties';
import { RolesField } from './roles-field';

interface Given {
  roles: RoleKey[];
  expires_at?: string | null;
}

/** Other roles for an account, and until when. */
export function ChangeRoles({ user }: { user: User }) {
  const { t } = useTranslation('access');
  const { message } = App.useApp();
  const [form] = Form.useForm<Given>();
  const [fault, setFault] = useState<string>();
  const faultOf = useFormFault(form, ['roles', 'expires_at']);
  const change = api.useMutation('put', '/users/{id}/roles', {
    onSuccess: () => {
      invalidate('/users');
      void message.success(t('saved'));
    },
    onError: (error) => setFault(faultOf(error)),
  });
  useAsked(() => {
    setFault(undefined);
    form.resetFields();
  });
  const roles = Form.useWatch('roles', form) ?? user.roles;
  const send = ({ expires_at, ...given }: Given) => {
    setFault(undefined);
    change.mutate({ params: { path: { id: user.id } }, body: { ...given, expires_at: expires_at ?? null } });
  };
  return (
    <section>
      <h3 className={styles.heading}>{t('changeRoles')}</h3>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ roles: user.roles, expires_at: user.expires_at }}
        onFinish={send}
      >
        <Form.Item name="roles">
          <RolesField />
        </Form.Item>
        <Form.Item name="expires_at" label={t('expiresAt')} extra={t(needsEnd(roles) ? 'auditorEnd' : 'endHint')}>
          <EndField />
        </Form.Item>
        <FormFault text={fault} />
        <Button
          type="primary"
          htmlType="submit"
          loading={change.isPending}
          disabled={roles.length === 0 || isOverloaded(roles)}
        >
          {t('save')}
        </Button>
        <p className={styles.below}>{t('changeRolesHint')}</p>
      </Form>
    </section>
  );
}
