import { Button, Form, Input, Popconfirm, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFault } from '../../../../components/form-fault';
import { LeaveGuard } from '../../../../components/leave-guard';
import { Panel } from '../../../../components/panel';
import { severities } from '../../../findings/finding-tags';
import { categories, families, type RuleFields } from '../rule-words';
import styles from '../rules.module.css';
import { useSentence } from '../use-sentence';
import { Circumstances, How } from './conditions';
import { Matchers } from './matchers';
import { useRuleFault } from './use-rule-fault';

interface Props {
  initial: RuleFields;
  /** An earlier version in the form: a change that is not saved yet. */
  taken?: { version: number; fields: RuleFields };
  submit: string;
  isReadOnly?: boolean;
  onChanged?(isChanged: boolean): void;
  /** Given where somebody else has saved a newer version. */
  onReload?: () => void;
  /** Rejects with a fault. */
  onSave(fields: RuleFields): Promise<void>;
}

/** What a rule looks for, where and when; above it what that comes to in words. */
export function RuleForm({ initial, taken, submit, isReadOnly = false, onChanged, onReload, onSave }: Props) {
  const { t } = useTranslation('rules');
  const [form] = Form.useForm<RuleFields>();
  const [fault, setFault] = useState<string>();
  const [pending, setPending] = useState(false);
  const faultOf = useRuleFault(form);
  const start = taken?.fields ?? initial;
  // Also what no field shows, such as the kind of a matcher.
  const typed: RuleFields = Form.useWatch([], { form, preserve: true }) ?? start;
  const isChanged = !isSame(typed, initial);
  useEffect(() => onChanged?.(isChanged), [isChanged, onChanged]);
  const send = async () => {
    setPending(true);
    setFault(undefined);
    const fields: RuleFields = form.getFieldsValue(true);
    await onSave({ ...fields, name: fields.name.trim() }).catch((error: unknown) => setFault(faultOf(error)));
    setPending(false);
  };
  const isReady = typed.name.trim() !== '' && typed.definition.matchers.length > 0;
  return (
    <Form<RuleFields>
      name="rule"
      form={form}
      layout="vertical"
      requiredMark={false}
      disabled={isReadOnly}
      initialValues={start}
      onFinish={() => void send()}
    >
      {/* A draft that was saved leads to its own page. */}
      <LeaveGuard isUnsaved={isChanged && !pending} />
      <div className={styles.stack}>
        <Panel title={t('sentence')}>
          {taken && <p className={styles.taken}>{t('taken', { version: taken.version })}</p>}
          <InWords fields={typed} />
        </Panel>
        <Basics />
        <Panel title={t('whatFor')}>
          <p className={styles.quiet}>{t('whatForHint')}</p>
          <Matchers isReadOnly={isReadOnly} />
        </Panel>
        <How />
        <Circumstances />
        <Panel className={isReadOnly ? undefined : styles.barPanel}>
          {isReadOnly ? (
            <p className={styles.quiet}>{t('readOnly')}</p>
          ) : (
            <>
              <FormFault text={fault} />
              <div className={styles.bar}>
                <span className={`${styles.barWords} ${styles.quiet}`}>{isChanged && t('unsaved')}</span>
                {onReload && (
                  <Popconfirm title={t('reload')} description={t('reloadHint')} onConfirm={onReload}>
                    <Button>{t('reload')}</Button>
                  </Popconfirm>
                )}
                <Button type="primary" htmlType="submit" loading={pending} disabled={!isChanged || !isReady}>
                  {submit}
                </Button>
              </div>
            </>
          )}
        </Panel>
      </div>
    </Form>
  );
}

/** Whatever order the fields stand in. */
const isSame = (a: unknown, b: unknown): boolean => ordered(a) === ordered(b);
const ordered = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );

function InWords({ fields }: { fields: RuleFields }) {
  const { t } = useTranslation('rules');
  const { sentence, limits } = useSentence();
  if (fields.definition.matchers.length === 0) return <p className={styles.quiet}>{t('noMatcher')}</p>;
  return (
    <div aria-live="polite">
      <p className={styles.sentence}>{sentence(fields)}</p>
      <ul className={styles.limits}>
        {limits(fields).map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
      </ul>
    </div>
  );
}

function Basics() {
  const { t } = useTranslation('rules');
  const { t: tf } = useTranslation('findings');
  return (
    <Panel title={t('basics')}>
      <Form.Item name="name" label={t('name')} extra={t('nameHint')}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item name="family" label={t('family')} extra={t('familyHint')}>
          <Select options={families.map((value) => ({ value, label: t(`familyOf.${value}`) }))} />
        </Form.Item>
        <Form.Item name="category" label={t('category')}>
          <Select options={categories.map((value) => ({ value, label: t(`categoryOf.${value}`) }))} />
        </Form.Item>
        <Form.Item name="severity" label={t('severity')} extra={t('severityHint')}>
          <Select options={severities.map((value) => ({ value, label: tf(`severityOf.${value}`) }))} />
        </Form.Item>
      </div>
    </Panel>
  );
}
