import { Button, Form, Input, type InputRef, Popconfirm } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api, asFault, invalidate, type Settings } from '../../api';
import { useFaultText } from '../../components/fault-note';
import { useWord } from '../../lib/use-word';
import styles from './settings.module.css';

type Setting = Settings['settings'][number];

interface Props {
  setting: Setting;
  onSaved(): void;
  onCleared(): void;
  onCancel(): void;
}

const ruleOfName: Record<string, 'ruleAgentId' | 'ruleVerifyFiles' | 'ruleAddresses'> = {
  WECOM_AGENT_ID: 'ruleAgentId',
  WECOM_VERIFY_FILES: 'ruleVerifyFiles',
  EGRESS_ADDRESSES: 'ruleAddresses',
};

/** What a value must look like, in the words of the reader. */
function ruleOf({ name }: Setting) {
  if (name.endsWith('_AES_KEY')) return 'ruleAesKey';
  return ruleOfName[name] ?? 'ruleText';
}

/** One value. What the server finds wrong with it stands below the field. */
export function SettingForm({ setting, onSaved, onCleared, onCancel }: Props) {
  const { t } = useTranslation('settings');
  const { t: tc } = useTranslation();
  const [form] = Form.useForm<{ value: string }>();
  const { name, about, secret, source } = setting;
  const wordOf = useWord('variables');
  const { save, clear } = useChanges(setting, {
    onSaved,
    onCleared,
    onFault: (text) => form.setFields([{ name: 'value', errors: [text] }]),
  });
  const value = Form.useWatch('value', form) ?? '';
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ value: (!secret && setting.value) || '' }}
      onFinish={(given) => save(given.value.trim())}
    >
      <Form.Item name="value" label={<code>{name}</code>} extra={wordOf(name) ?? about}>
        <Field secret={secret} placeholder={secret && source === 'database' ? t('replaceSecret') : ''} />
      </Form.Item>
      <p className={styles.hint}>{t('storedSealed')}</p>
      <div className={styles.formButtons}>
        {source === 'database' && <ClearButton name={name} loading={clear.isPending} onClear={clear.run} />}
        <Button onClick={onCancel}>{tc('cancel')}</Button>
        <Button type="primary" htmlType="submit" disabled={value.trim() === ''}>
          {t('save')}
        </Button>
      </div>
    </Form>
  );
}

interface Outcomes {
  onSaved(): void;
  onCleared(): void;
  onFault(text: string): void;
}

function useChanges(setting: Setting, { onSaved, onCleared, onFault }: Outcomes) {
  const { t } = useTranslation('settings');
  const textOf = useFaultText();
  const params = { path: { name: setting.name } };
  const onError = (error: unknown) =>
    onFault(asFault(error).code === 'VALIDATION' ? t(ruleOf(setting)) : textOf(error));
  const done = (then: () => void) => () => {
    invalidate('/settings');
    then();
  };
  const save = api.useMutation('put', '/settings/{name}', { onSuccess: done(onSaved), onError });
  const clear = api.useMutation('delete', '/settings/{name}', { onSuccess: done(onCleared), onError });
  return {
    save: (value: string) => save.mutate({ params, body: { value, version: setting.version } }),
    clear: {
      isPending: clear.isPending,
      run: () => clear.mutate({ params: { ...params, query: { version: setting.version } } }),
    },
  };
}

interface FieldProps {
  secret: boolean;
  placeholder: string;
}

/** Given its value and id by the form item around it. */
function Field({ secret, ...props }: FieldProps) {
  const input = useRef<InputRef>(null);
  useEffect(() => input.current?.focus(), []);
  const common = { ...props, ref: input, autoComplete: 'off', spellCheck: false, maxLength: 512 };
  return secret ? <Input.Password {...common} /> : <Input {...common} />;
}

interface ClearProps {
  name: string;
  loading: boolean;
  onClear(): void;
}

/** It stops something at once, so it is asked. */
function ClearButton({ name, loading, onClear }: ClearProps) {
  const { t } = useTranslation('settings');
  const { t: tc } = useTranslation();
  return (
    <Popconfirm
      title={t('clearTitle', { name })}
      description={t('clearHint')}
      okText={t('clear')}
      cancelText={tc('cancel')}
      okButtonProps={{ danger: true }}
      onConfirm={onClear}
    >
      <Button danger loading={loading} className={styles.clear}>
        {t('clear')}
      </Button>
    </Popconfirm>
  );
}
