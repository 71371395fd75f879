import { App, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, asFault, invalidate, useSession } from '../../api';
import { useFaultText } from '../../components/fault-note';
import { Panel } from '../../components/panel';
import styles from './account.module.css';
import type { Factor } from './types';

/** For those who keep the server running: a way in when WeCom is away. */
export function PasswordPanel({ factor }: { factor: Factor }) {
  const { t } = useTranslation('account');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const name = useSession().data?.name ?? '';
  const [form] = Form.useForm<{ name: string; password: string; current_password?: string }>();
  const save = api.useMutation('put', '/session/password', {
    onSuccess: () => {
      form.resetFields(['password', 'current_password']);
      invalidate('/session/factor', '/sessions');
      void message.success(t('saved'));
    },
    onError: (error) => {
      const name = asFault(error).code === 'ACCESS_WRONG_PASSWORD' ? 'current_password' : 'password';
      form.setFields([{ name, errors: [textOf(error)] }]);
    },
  });
  return (
    <Panel title={t('password')}>
      <p>{t('passwordHint')}</p>
      {!factor.password_name && <p className={styles.quiet}>{t('passwordNone')}</p>}
      <Form
        form={form}
        className={styles.form ?? ''}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: factor.password_name ?? name }}
        onFinish={(body) => save.mutate({ body })}
      >
        <Form.Item name="name" label={t('name')} rules={[{ required: true, message: t('needed') }]}>
          <Input autoComplete="username" maxLength={128} />
        </Form.Item>
        {factor.password_name && (
          <Form.Item
            name="current_password"
            label={t('currentPassword')}
            extra={t('currentForgotten')}
            rules={[{ required: true, message: t('needed') }]}
          >
            <Input.Password autoComplete="current-password" maxLength={512} />
          </Form.Item>
        )}
        <Form.Item
          name="password"
          label={t('newPassword')}
          extra={t('passwordRule')}
          rules={[{ required: true, message: t('needed') }]}
        >
          <Input.Password autoComplete="new-password" maxLength={512} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('save')}
        </Button>
      </Form>
    </Panel>
  );
}
