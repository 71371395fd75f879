import { IdcardOutlined, WechatWorkOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { api, keepSession, signIn, type Viewer } from '../../api';
import { useFaultText } from '../../components/fault-note';
import { CodeForm } from '../../components/step-up';
import { ownPath } from './sign-in-loader';
import styles from './sign-in-page.module.css';

/** Ways over somebody else's page: the server sends the browser there and back. */
export function OtherPages() {
  const { t } = useTranslation('signIn');
  const [params] = useSearchParams();
  const { data } = api.useQuery('get', '/session/ways', {}, { staleTime: 60_000 });
  if (!data?.wecom && !data?.oidc) return null;
  const back = encodeURIComponent(ownPath(params.get('next')));
  return (
    <div className={styles.buttons}>
      {data.wecom && (
        <Button
          type="primary"
          size="large"
          block
          icon={<WechatWorkOutlined aria-hidden />}
          href={`/api/v1/session/wecom?return_to=${back}`}
        >
          {t('byWecom')}
        </Button>
      )}
      {data.oidc && (
        <Button
          type={data.wecom ? 'default' : 'primary'}
          size="large"
          block
          icon={<IdcardOutlined aria-hidden />}
          href={`/api/v1/session/oidc?return_to=${back}`}
        >
          {t('byOidc')}
        </Button>
      )}
    </div>
  );
}

/** The link of somebody who has an authenticator app, and power over others: it alone is too little. */
export function LinkCode({ token }: { token: string }) {
  const { t } = useTranslation('signIn');
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const enter = useMutation({
    mutationFn: (code: string) => signIn({ token, code }),
    onSuccess: () => void navigate(ownPath(params.get('next')), { replace: true }),
  });
  return (
    <>
      <h1 className={styles.lead}>{t('linkCode')}</h1>
      <p>{t('linkCodeHint')}</p>
      <CodeForm label={t('enter')} pending={enter.isPending} error={enter.error} focus onCode={enter.mutate} />
    </>
  );
}

interface Credentials {
  name: string;
  password: string;
  code: string;
}

/** Name, password and a code, for days when WeCom is away. */
export function PasswordWay() {
  const { t } = useTranslation('signIn');
  const textOf = useFaultText();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const signIn = api.useMutation('post', '/session/password', {
    onSuccess: (viewer: Viewer) => {
      keepSession(viewer);
      void navigate(ownPath(params.get('next')), { replace: true });
    },
  });
  return (
    <Form<Credentials> layout="vertical" requiredMark={false} onFinish={(body) => signIn.mutate({ body })}>
      {signIn.error && (
        <div className={styles.fault} role="alert">
          {textOf(signIn.error)}
        </div>
      )}
      <Form.Item name="name" label={t('name')} rules={[{ required: true, message: t('needed') }]}>
        <Input autoComplete="username" maxLength={128} />
      </Form.Item>
      <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('needed') }]}>
        <Input.Password autoComplete="current-password" maxLength={512} />
      </Form.Item>
      <Form.Item name="code" label={t('code')} extra={t('codeHint')} rules={[{ required: true, message: t('needed') }]}>
        <Input autoComplete="one-time-code" maxLength={40} />
      </Form.Item>
      <Button htmlType="submit" loading={signIn.isPending} block>
        {t('enter')}
      </Button>
    </Form>
  );
}
