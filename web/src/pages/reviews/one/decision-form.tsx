import { Button, Form, Input, type InputRef, Radio, Select } from 'antd';
import { useRef } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import { useTranslation } from 'react-i18next';
import styles from '../reviews.module.css';
import type { Judgement, Outcome, useActs } from './use-acts';

const outcomes = ['clean', 'question', 'violation', 'escalated'] as const satisfies readonly Outcome[];

/** 1 to 4 choose, Ctrl Enter decides; all but clean must say why. */
export function DecisionForm({ acts }: { acts: ReturnType<typeof useActs> }) {
  const { t } = useTranslation('reviews');
  const [form] = Form.useForm<Judgement>();
  const comment = useRef<InputRef & HTMLTextAreaElement>(null);
  const outcome = Form.useWatch('outcome', form);
  useHotkeys(
    '1,2,3,4',
    ({ key }) => {
      form.setFieldValue('outcome', outcomes[Number(key) - 1]);
      comment.current?.focus();
    },
    { preventDefault: true },
  );
  useHotkeys('mod+enter', () => form.submit(), { enableOnFormTags: true });
  useHotkeys('u', acts.release, { enabled: !acts.isPending });
  return (
    <Form<Judgement>
      name="decision"
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={acts.judge}
      className={styles.form ?? ''}
    >
      <Form.Item name="outcome" label={t('outcome')} rules={[{ required: true, message: t('outcomeNeeded') }]}>
        <Radio.Group className={styles.outcomes ?? ''}>
          {outcomes.map((value, place) => (
            <Radio key={value} value={value}>
              <kbd className={styles.key}>{place + 1}</kbd> {t(`outcomeOf.${value}`)}
              <span className={styles.quiet}> {t(`outcomeHint.${value}`)}</span>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <Form.Item
        name="comment"
        label={t(outcome === 'clean' ? 'commentOptional' : 'comment')}
        dependencies={['outcome']}
        rules={[
          ({ getFieldValue }) => ({
            required: getFieldValue('outcome') !== 'clean',
            ...{ whitespace: true, message: t('commentNeeded') },
          }),
        ]}
      >
        <Input.TextArea ref={comment} rows={3} maxLength={500} />
      </Form.Item>
      <Form.Item name="tags" label={t('tags')} extra={t('tagsHint')}>
        <Select mode="tags" maxCount={10} tokenSeparators={[',', '，', '、']} open={false} suffixIcon={null} />
      </Form.Item>
      <div className={styles.row}>
        <Button type="primary" htmlType="submit" loading={acts.isPending}>
          {t('decide')}
        </Button>
        <Button onClick={acts.release} disabled={acts.isPending}>
          {t('release')} <kbd className={styles.key}>U</kbd>
        </Button>
      </div>
    </Form>
  );
}
