import { Button, Form, Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../fault-note';
import styles from './step-up.module.css';

interface Props {
  label: string;
  pending: boolean;
  error: unknown;
  /** Whether the cursor stands in it at once. */
  focus?: boolean;
  /** In the place of what is said of a code otherwise. */
  hint?: string;
  onCode(code: string): void;
}

/** One code of the authenticator app. */
export function CodeForm({ label, pending, error, focus = false, hint, onCode }: Props) {
  const { t } = useTranslation('account');
  const textOf = useFaultText();
  // Two of them may be on one page, each with its own label.
  const name = useId();
  return (
    <Form<{ code: string }>
      name={name}
      className={styles.form ?? ''}
      layout="vertical"
      requiredMark={false}
      onFinish={({ code }) => onCode(code.trim())}
    >
      <Form.Item
        name="code"
        label={t('code')}
        extra={hint ?? t('codeHint')}
        rules={[{ required: true, min: 6, message: t('needed') }]}
        {...(error ? { validateStatus: 'error' as const, help: textOf(error) } : {})}
      >
        <Input autoComplete="one-time-code" maxLength={40} autoFocus={focus} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={pending}>
        {label}
      </Button>
    </Form>
  );
}
