import { App, Button, Checkbox, Drawer, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, asFault } from '../../../api';
import { renewHandovers, useReplanPreview } from '../../../api/handovers';
import { useFaultText } from '../../../components/fault-note';
import { FormFault } from '../../../components/form-fault';
import { useSettled } from '../../../lib/use-settled';
import { type Draft, draftOfPlan, missingOf, wayOf } from '../new/draft';
import { Preview } from '../new/preview';
import { Rule } from '../new/rule';
import { Takers } from '../new/takers';
import styles from './one.module.css';
import type { Plan } from './types';

/** Who typed goes on typing; then it is reckoned. */
const pauseMs = 500;

interface Props {
  plan: Plan;
  isOpen: boolean;
  onClose(): void;
  /** It was decided anew. */
  onDone(): void;
}

/** A draft is decided anew by another rule, for other successors; beside it what that would do. */
export function ReplanDrawer({ plan, isOpen, onClose, onDone }: Props) {
  const { t } = useTranslation('handoverPlans');
  return (
    <Drawer
      open={isOpen}
      onClose={onClose}
      title={t('replanTitle')}
      size={1120}
      destroyOnHidden
      mask={{ closable: false }}
      styles={{ header: { padding: '12px 20px' }, body: { padding: 0 } }}
    >
      <Replan plan={plan} onClose={onClose} onDone={onDone} />
    </Drawer>
  );
}

function Replan({ plan, onClose, onDone }: Omit<Props, 'isOpen'>) {
  const { t } = useTranslation('handoverPlans');
  const { t: tc } = useTranslation();
  const [draft, setDraft] = useState<Draft>(() => draftOfPlan(plan));
  const [isKept, setKept] = useState(true);
  const wanted = useSettled(draft, pauseMs);
  const missing = missingOf(draft);
  const bodyOf = (of: Draft) => ({ ...wayOf(of), keep_by_hand: isKept, version: plan.version });
  const preview = useReplanPreview(plan.id, missingOf(wanted) ? undefined : bodyOf(wanted));
  const { fault, isPending, save } = useReplan(plan.id, () => {
    onDone();
    onClose();
  });
  const section = { draft, change: (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part })) };
  const gone = missing || !preview.data ? 0 : plan.summary.total - preview.data.summary.total;
  return (
    <div className={styles.replan}>
      <Form layout="vertical" requiredMark={false} className={styles.replanForm ?? ''}>
        <p className={styles.quiet}>{t('replanHint')}</p>
        <Takers {...section} />
        <Rule {...section} />
      </Form>
      <section
        className={styles.replanPreview}
        aria-label={t('previewTitle')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard.
        tabIndex={0}
      >
        <h3 className={styles.heading}>{t('previewTitle')}</h3>
        {gone > 0 && <p className={styles.person}>{t('replanGone', { count: gone })}</p>}
        <Preview missing={missing} preview={preview} isLate={wanted !== draft} />
      </section>
      <div className={styles.replanFoot}>
        <Checkbox className={styles.keep ?? ''} checked={isKept} onChange={({ target }) => setKept(target.checked)}>
          {t('keepByHand')} <span className={styles.quiet}>{t('keepByHandHint')}</span>
        </Checkbox>
        <FormFault text={fault} />
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button
          type="primary"
          disabled={missing !== undefined || preview.isError}
          loading={isPending}
          onClick={() => save(bodyOf(draft))}
        >
          {t('replanDo')}
        </Button>
      </div>
    </div>
  );
}

function useReplan(id: string, onDone: () => void) {
  const { t } = useTranslation('handoverPlans');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const { mutate, isPending, error } = api.useMutation('post', '/handovers/{id}/replan', {
    onSuccess() {
      renewHandovers();
      void message.success(t('replanned'));
      onDone();
    },
    onError(thrown) {
      if (asFault(thrown).status === 409) renewHandovers();
    },
  });
  return {
    isPending,
    fault: error ? textOf(error) : undefined,
    save: (body: Parameters<typeof mutate>[0]['body']) => mutate({ params: { path: { id } }, body }),
  };
}
