import { App, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, asFault, noteRun, useAsked } from '../../../api';
import { renewHandovers } from '../../../api/handovers';
import { useFaultText } from '../../../components/fault-note';
import { FormFault } from '../../../components/form-fault';
import { usePlanWords } from '../parts/use-plan-words';
import styles from './one.module.css';
import type { Plan } from './types';

interface Props {
  plan: Plan;
  isOpen: boolean;
  onClose(): void;
}

/** Says in figures what will happen before what cannot be taken back; what needs a second person asks for one. */
export function SubmitDialog({ plan, isOpen, onClose }: Props) {
  const { t } = useTranslation('handoverPlans');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const textOf = useFaultText();
  const [fault, setFault] = useState<string>();
  useAsked(onClose);
  const { mutate, isPending } = api.useMutation('post', '/handovers/{id}/submit', {
    onSuccess(run) {
      noteRun(run);
      renewHandovers();
      void message.success(t('submitted'));
      onClose();
    },
    onError: (error) => asFault(error).code !== 'APPROVAL_REQUIRED' && setFault(textOf(error)),
  });
  const send = () => {
    setFault(undefined);
    mutate({ params: { path: { id: plan.id } } });
  };
  return (
    <Modal
      open={isOpen}
      onCancel={onClose}
      destroyOnHidden
      title={t('submitTitle')}
      okText={t('submitDo', { count: plan.summary.total - plan.summary.without_successor })}
      okButtonProps={{ disabled: plan.summary.total === plan.summary.without_successor }}
      cancelText={tc('cancel')}
      confirmLoading={isPending}
      onOk={send}
    >
      <Consequences plan={plan} />
      <FormFault text={fault} />
    </Modal>
  );
}

function Consequences({ plan: { from, summary } }: { plan: Plan }) {
  const { t } = useTranslation('handoverPlans');
  const words = usePlanWords();
  const namesOf = useNames();
  const { by_successor: takers, without_successor, by_warning } = summary;
  const sumOf = (kind: 'external_contacts' | 'group_chats') =>
    takers.reduce((sum, taker) => sum + taker[kind], 0).toLocaleString();
  const serving = from.filter(({ departed_at }) => departed_at === null);
  const left = from.filter(({ departed_at }) => departed_at !== null);
  const { nobody: _, ...warned } = by_warning;
  return (
    <div className={styles.consequences}>
      <p>
        {t('submitNumbers', {
          contacts: sumOf('external_contacts'),
          groups: sumOf('group_chats'),
          people: takers.length,
        })}
      </p>
      {left.length > 0 && <p>{t('submitLeft', { names: namesOf(left) })}</p>}
      {serving.length > 0 && <p>{t('submitServing', { names: namesOf(serving) })}</p>}
      {without_successor > 0 && <p className={styles.person}>{t('submitWithout', { count: without_successor })}</p>}
      {Object.keys(warned).length > 0 && (
        <div>
          <p className={styles.person}>{t('submitWarned')}</p>
          <ul className={styles.plain}>
            {Object.entries(warned).map(([code, count]) => (
              <li key={code}>
                {words.warning(code)} {count.toLocaleString()}
              </li>
            ))}
          </ul>
        </div>
      )}
      <p>
        <strong>{t('submitFinal')}</strong>
      </p>
    </div>
  );
}

function useNames() {
  const { t } = useTranslation();
  return (people: Plan['from']): string => people.map(({ name, userid }) => name || userid).join(t('listSeparator'));
}
