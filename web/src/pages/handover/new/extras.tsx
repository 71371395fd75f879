import { Checkbox, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Handover } from '../../../api/handovers';
import { Panel } from '../../../components/panel';
import { MessagePreview } from '../parts/message-preview';
import styles from './new.module.css';
import type { SectionProps } from './new-page';

interface Props extends SectionProps {
  /** Those who give, once known: WeCom tells customers of leavers nothing. */
  givers: Handover['from'] | undefined;
}

export function Extras({ draft: { message, second, carry }, change, givers }: Props) {
  const { t } = useTranslation('handoverPlans');
  const isHeard = !givers || givers.some(({ departed_at }) => departed_at === null);
  return (
    <Panel title={t('extrasTitle')}>
      {isHeard ? (
        <Form.Item label={t('message')} htmlFor="handover-message" extra={t('messageHint')}>
          <Input.TextArea
            id="handover-message"
            rows={2}
            maxLength={200}
            showCount
            placeholder={t('messageNone')}
            value={message}
            onChange={({ target }) => change({ message: target.value })}
          />
          <MessagePreview text={message} />
        </Form.Item>
      ) : (
        <p className={styles.hint}>{t('messageUnheard')}</p>
      )}
      <div className={styles.checks}>
        <Checkbox checked={second} onChange={({ target }) => change({ second: target.checked })}>
          {t('secondCandidate')}
        </Checkbox>
        <Checkbox checked={carry} onChange={({ target }) => change({ carry: target.checked })}>
          {t('carryOver')}
        </Checkbox>
      </div>
    </Panel>
  );
}
