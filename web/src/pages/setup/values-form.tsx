import { Button, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../api';
import { useFaultText } from '../../components/fault-note';
import { FormFault } from '../../components/form-fault';
import styles from './setup.module.css';
import { settingNamed } from './steps';
import { TestResult } from './test-result';
import { useValues, type Values } from './use-values';

export interface FieldSpec {
  name: string;
  label: string;
  /** Where it is found in WeCom's admin console. */
  hint: string;
}

interface Props {
  settings: Settings;
  fields: FieldSpec[];
  app?: 'agent' | 'contacts';
  submit: string;
  onDone(): void;
  /** More buttons. */
  children?: ReactNode;
}

/** Some values, and the test that they work. What is set already may stay as it is. */
export function ValuesForm({ settings, fields, app, submit, onDone, children }: Props) {
  const [form] = Form.useForm<Values>();
  const textOf = useFaultText();
  const { saveAndTest, result, error, busy } = useValues({ settings, ...(app ? { app } : {}) });
  // The secret is right, only this machine is not known yet: a later step is about that.
  const untrusted = result?.errcode === 60020;
  const finish = async (values: Values) => {
    if (await saveAndTest(trimmed(values))) onDone();
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false} disabled={busy} onFinish={(values) => void finish(values)}>
      {fields.map((field) => (
        <ValueField key={field.name} field={field} settings={settings} />
      ))}
      {error !== undefined && <FormFault text={textOf(error)} />}
      {result && <TestResult item={result} />}
      <div className={styles.buttons}>
        <Button type="primary" htmlType="submit" loading={busy}>
          {submit}
        </Button>
        {untrusted && <GoOn onNext={onDone} />}
        {children}
      </div>
    </Form>
  );
}

const trimmed = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value?.trim()]));

function GoOn({ onNext }: { onNext(): void }) {
  const { t } = useTranslation('setup');
  return <Button onClick={onNext}>{t('goOnUntrusted')}</Button>;
}

/** A secret that is set is never shown; left empty it stays. */
function ValueField({ field: { name, label, hint }, settings }: { field: FieldSpec; settings: Settings }) {
  const { t } = useTranslation('setup');
  const setting = settingNamed(settings, name);
  const isSet = setting !== undefined && setting.source !== 'unset';
  const secret = setting?.secret ?? false;
  const common = {
    autoComplete: 'off',
    spellCheck: false,
    maxLength: 512,
    disabled: !setting?.editable,
    placeholder: secret && isSet ? t('alreadySet') : '',
  };
  return (
    <Form.Item
      name={name}
      label={label}
      extra={setting?.source === 'environment' ? t('fromEnvironment', { name }) : hint}
      initialValue={(!secret && setting?.value) || ''}
      rules={isSet ? [] : [{ required: true, message: t('required') }]}
    >
      {secret ? <Input.Password {...common} /> : <Input {...common} />}
    </Form.Item>
  );
}
