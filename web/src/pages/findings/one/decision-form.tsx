import { Button, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../api/findings';
import { FormFault } from '../../../components/form-fault';
import { useFormFault } from '../../../components/use-form-fault';
import styles from '../findings.module.css';
import { clearReasons, type Decision, type Outcome, outcomesAfter, useDecide } from './use-decide';

interface Props {
  finding: Finding;
  onReload(): void;
}

/** What can follow from here; all but taking it up must say why. */
export function DecisionForm({ finding, onReload }: Props) {
  const { t } = useTranslation('findings');
  const [form] = Form.useForm<Decision>();
  const [fault, setFault] = useState<string>();
  const faultOf = useFormFault(form, ['state', 'reason', 'comment']);
  const { decide, isPending } = useDecide(finding, { onReload, onFault: (error) => setFault(faultOf(error)) });
  const chosen = Form.useWatch('state', form);
  const outcomes = outcomesAfter[finding.state];
  const send = (decision: Decision) => {
    setFault(undefined);
    decide(decision);
  };
  return (
    <Form<Decision>
      name="finding-decision"
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={outcomes.length === 1 ? { state: outcomes[0] } : {}}
      onFinish={send}
    >
      <Form.Item name="state" label={t('outcome')} rules={[{ required: true, message: t('outcomeNeeded') }]}>
        <Radio.Group className={styles.outcomes ?? ''}>
          {outcomes.map((outcome) => (
            <Radio key={outcome} value={outcome}>
              <Act outcome={outcome} from={finding.state} />
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      {chosen === 'cleared' && (
        <Form.Item name="reason" label={t('reason')} rules={[{ required: true, message: t('reasonNeeded') }]}>
          <Select options={clearReasons.map((value) => ({ value, label: t(`reasonOf.${value}`) }))} />
        </Form.Item>
      )}
      <Form.Item
        name="comment"
        label={t(chosen === 'reviewing' ? 'commentOptional' : 'comment')}
        dependencies={['state']}
        rules={[
          ({ getFieldValue }) => ({
            required: getFieldValue('state') !== 'reviewing',
            ...{ whitespace: true, message: t('commentNeeded') },
          }),
        ]}
      >
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
      <FormFault text={fault} />
      <Button type="primary" htmlType="submit" loading={isPending}>
        {t('decide')}
      </Button>
    </Form>
  );
}

/** What a choice does; after a decision, taking it up is a second look. */
function Act({ outcome, from }: { outcome: Outcome; from: Finding['state'] }) {
  const { t } = useTranslation('findings');
  const isAgain = outcome === 'reviewing' && (from === 'confirmed' || from === 'cleared');
  return (
    <>
      {t(`actOf.${isAgain ? 'again' : outcome}`)}
      <span className={styles.quiet}> {t(`actHint.${isAgain ? 'again' : outcome}`)}</span>
    </>
  );
}
