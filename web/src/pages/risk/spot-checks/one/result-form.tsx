import { App, Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, asFault } from '../../../../api';
import { noteCheck } from '../../../../api/spot-checks';
import { FormFault } from '../../../../components/form-fault';
import { useFormFault } from '../../../../components/use-form-fault';
import findingStyles from '../../../findings/findings.module.css';
import styles from '../../risk.module.css';

interface Fields {
  outcome: 'matches' | 'missing_on_device';
  note?: string;
}

interface Props {
  id: string;
  /** Those that are ticked beside the form. */
  missing: readonly string[];
  /** Somebody was quicker: what is shown is old. */
  onReload(): void;
}

/** What the device showed. It is said once. */
export function ResultForm({ id, missing, onReload }: Props) {
  const { t } = useTranslation('spotChecks');
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [fault, setFault] = useState<string>();
  const faultOf = useFormFault(form, ['outcome', 'note']);
  const isMissing = Form.useWatch('outcome', form) === 'missing_on_device';
  const conclude = api.useMutation('post', '/spot-checks/{id}/result', {
    onSuccess(check) {
      noteCheck(check);
      void message.success(t(check.state === 'matches' ? 'didMatch' : 'didMiss'));
    },
    onError(error: unknown) {
      setFault(faultOf(error));
      if (asFault(error).code === 'SPOT_CHECK_DONE') onReload();
    },
  });
  const send = ({ outcome, note = '' }: Fields) => {
    setFault(undefined);
    const said = note.trim();
    const isTicked = missing.length > 0;
    if (isTicked !== (outcome === 'missing_on_device')) return setFault(t(isTicked ? 'tickNothing' : 'tickSomething'));
    const body =
      outcome === 'matches'
        ? { outcome, ...(said ? { note: said } : {}) }
        : { outcome, missing: [...missing], note: said };
    conclude.mutate({ params: { path: { id } }, body });
  };
  return (
    <Form<Fields> name="spot-check-result" form={form} layout="vertical" requiredMark={false} onFinish={send}>
      <Form.Item name="outcome" label={t('outcome')} rules={[{ required: true, message: t('outcomeNeeded') }]}>
        <Radio.Group className={findingStyles.outcomes ?? ''}>
          {(['matches', 'missing_on_device'] as const).map((outcome) => (
            <Radio key={outcome} value={outcome}>
              {t(`outcomeOf.${outcome}`)} <span className={styles.quiet}>{t(`outcomeHint.${outcome}`)}</span>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      {isMissing && <p>{t('ticked', { n: missing.length })}</p>}
      <Form.Item
        name="note"
        label={t(isMissing ? 'noteNeeded' : 'noteOptional')}
        rules={isMissing ? [{ required: true, whitespace: true, message: t('noteNeeded') }] : []}
      >
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
      <FormFault text={fault} />
      <Button type="primary" htmlType="submit" loading={conclude.isPending}>
        {t('conclude')}
      </Button>
    </Form>
  );
}
