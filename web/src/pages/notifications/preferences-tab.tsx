import { Alert, App, Button, Form, Input, Select, TimePicker } from 'antd';
import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat';
import { useTranslation } from 'react-i18next';
import { api, invalidate, type NotificationPreferences } from '../../api';
import { FaultNote, useFaultText } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Panel } from '../../components/panel';
import { languageNames, languages } from '../../i18n';
import { ModeField, type ModeKey } from './mode-field';
import styles from './notifications.module.css';

dayjs.extend(customParseFormat);

interface Fields {
  email: string;
  quiet: [string, string] | null;
  language: 'zh-CN' | 'en';
  kinds: Record<string, { wecom: ModeKey; mail: ModeKey }>;
}

/** Over which channel I am told of what, and when I want to be left alone. */
export function PreferencesTab() {
  const { data, error, refetch } = api.useQuery('get', '/notification-preferences');
  if (data) return <Preferences preferences={data} />;
  return <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={8} />}</Panel>;
}

function Preferences({ preferences }: { preferences: NotificationPreferences }) {
  const { t } = useTranslation('notifications');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const save = api.useMutation('put', '/notification-preferences', {
    onSuccess: () => {
      invalidate('/notification-preferences');
      void message.success(t('saved'));
    },
    onError: (error) => void message.error(textOf(error)),
  });
  return (
    <Panel>
      <Form
        className={styles.form ?? ''}
        layout="vertical"
        requiredMark={false}
        initialValues={fieldsOf(preferences)}
        onFinish={(fields: Fields) => save.mutate({ body: bodyOf(fields) })}
      >
        {!preferences.channels.wecom && (
          <Alert className={styles.hint ?? ''} type="info" showIcon title={t('noWecom')} />
        )}
        <div className={styles.row}>
          <Form.Item
            className={styles.email ?? ''}
            name="email"
            label={t('email')}
            extra={t('emailHint')}
            rules={[{ type: 'email', message: t('badEmail') }]}
          >
            <Input maxLength={254} autoComplete="email" />
          </Form.Item>
          <Form.Item name="quiet" label={t('quiet')} extra={t('quietHint')}>
            <QuietField />
          </Form.Item>
          <Form.Item name="language" label={t('language')}>
            <Select options={languages.map((value) => ({ value, label: languageNames[value] }))} />
          </Form.Item>
        </div>
        <Kinds kinds={preferences.kinds} />
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('save')}
        </Button>
      </Form>
    </Panel>
  );
}

function Kinds({ kinds }: Pick<NotificationPreferences, 'kinds'>) {
  const { t, i18n } = useTranslation('notifications');
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('about')}</th>
          <th scope="col">{t('wecom')}</th>
          <th scope="col">{t('mail')}</th>
        </tr>
      </thead>
      <tbody>
        {kinds.map(({ kind, title, mandatory }) => (
          <tr key={kind}>
            <th scope="row">{title[i18n.language] ?? kind}</th>
            {mandatory ? (
              <td colSpan={2} className={styles.quiet}>
                {t('mandatory')}
              </td>
            ) : (
              (['wecom', 'mail'] as const).map((channel) => (
                <td key={channel}>
                  <Form.Item name={['kinds', kind, channel]} noStyle>
                    <ModeField label={`${title[i18n.language] ?? kind} ${t(channel)}`} />
                  </Form.Item>
                </td>
              ))
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const format = 'HH:mm';

/** From and until, in Shanghai time; may pass midnight. */
function QuietField({
  id,
  value,
  onChange,
}: {
  id?: string;
  value?: Fields['quiet'];
  onChange?(next: Fields['quiet']): void;
}) {
  return (
    <TimePicker.RangePicker
      {...(id ? { id } : {})}
      value={value ? [dayjs(value[0], format), dayjs(value[1], format)] : null}
      format={format}
      minuteStep={5}
      order={false}
      onChange={(range) => {
        const [from, until] = range ?? [];
        onChange?.(from && until ? [from.format(format), until.format(format)] : null);
      }}
    />
  );
}

const fieldsOf = ({ email, quiet_from, quiet_until, language, kinds }: NotificationPreferences): Fields => ({
  email: email ?? '',
  quiet: quiet_from && quiet_until ? [quiet_from, quiet_until] : null,
  language,
  kinds: Object.fromEntries(
    kinds.filter(({ mandatory }) => !mandatory).map(({ kind, wecom, mail }) => [kind, { wecom, mail }]),
  ),
});

const bodyOf = ({ email, quiet, language, kinds }: Fields) => ({
  ...{ email: email.trim() || null, language, quiet_from: quiet?.[0] ?? null, quiet_until: quiet?.[1] ?? null },
  // The names are those the server gave.
  kinds: Object.entries(kinds ?? {}).map(([kind, ways]) => ({
    kind: kind as NotificationPreferences['kinds'][number]['kind'],
    ...ways,
  })),
});
