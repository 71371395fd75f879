import { App, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, asFault } from '../../../api';
import { type NamedItems, renewHandovers } from '../../../api/handovers';
import { useFaultText } from '../../../components/fault-note';
import { FormFault } from '../../../components/form-fault';
import { StaffName } from '../../../components/names';
import { TakerSelect } from '../parts/taker-select';
import styles from './one.module.css';
import type { Plan } from './types';

interface Props {
  plan: Plan;
  /** What is tried once more, one request for each; undefined while nothing is. */
  items: readonly NamedItems[] | undefined;
  onClose(isDone: boolean): void;
}

/** To the same successor once more, or to another. Only those who did not arrive go out again. */
export function RetryDialog({ plan, items, onClose }: Props) {
  const { t } = useTranslation('handoverPlans');
  const { t: tc } = useTranslation();
  const [isOther, setOther] = useState(false);
  const [to, setTo] = useState<string>();
  const close = (isDone: boolean) => {
    setOther(false);
    setTo(undefined);
    onClose(isDone);
  };
  const { send, fault, isPending } = useRetries(plan.id, close);
  const taken = isOther ? to : undefined;
  return (
    <Modal
      open={items !== undefined}
      onCancel={() => close(false)}
      destroyOnHidden
      title={t('retryTitle')}
      okText={t('retry')}
      okButtonProps={{ disabled: isOther && to === undefined }}
      cancelText={tc('cancel')}
      confirmLoading={isPending}
      onOk={() => void send(items ?? [], taken)}
    >
      <p className={styles.hint}>{t('retryHint')}</p>
      <Radio.Group
        className={styles.choices ?? ''}
        value={isOther}
        onChange={({ target }) => setOther(target.value)}
        options={[
          { value: false, label: t('retryHere') },
          { value: true, label: t('retryOther') },
        ]}
      />
      {isOther && (
        <div className={styles.chooseOther}>
          <TakerSelect except={plan.from.map(({ userid }) => userid)} onChoose={setTo} />
          {to !== undefined && (
            <p>
              {t('to')} <StaffName userid={to} />
            </p>
          )}
        </div>
      )}
      <FormFault text={fault} />
    </Modal>
  );
}

function useRetries(id: string, close: (isDone: boolean) => void) {
  const { t } = useTranslation('handoverPlans');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const [fault, setFault] = useState<string>();
  const { mutateAsync, isPending } = api.useMutation('post', '/handovers/{id}/retries', { onSettled: renewHandovers });

  async function retriedOf(body: NamedItems & { to_userid?: string }): Promise<number> {
    try {
      return (await mutateAsync({ params: { path: { id } }, body })).retried;
    } catch (thrown) {
      // Of one kind none may be left by now, while others are.
      if (asFault(thrown).code === 'HANDOVER_NOT_RETRIED') return 0;
      throw thrown;
    }
  }

  return {
    fault,
    isPending,
    async send(all: readonly NamedItems[], to: string | undefined): Promise<void> {
      setFault(undefined);
      let count = 0;
      try {
        for (const items of all) count += await retriedOf({ ...items, ...(to === undefined ? {} : { to_userid: to }) });
      } catch (thrown) {
        return setFault(textOf(thrown));
      }
      void (count > 0 ? message.success(t('retried', { count })) : message.info(t('nothingToRetry')));
      close(true);
    },
  };
}
