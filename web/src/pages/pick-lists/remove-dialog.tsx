import { Button, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asFault } from '../../api';
import { useFaultText } from '../../components/fault-note';
import { FormFault } from '../../components/form-fault';
import { detailOf, textOf } from '../../lib/detail';
import styles from './pick-lists.module.css';

interface Props {
  name: string;
  hint: string;
  /** Says how many records there are. */
  inUse(count: number): string;
  replaceLabel: string;
  /** What may take its place. */
  others: { value: string; label: string }[];
  onClose(): void;
  /** Rejects with a fault; with `..._IN_USE` an heir is asked for. */
  onRemove(heir: string | undefined): Promise<unknown>;
}

/** Asks before something goes, and who takes its place where records hold it. */
export function RemoveDialog({ name, hint, inUse, replaceLabel, others, onClose, onRemove }: Props) {
  const { t } = useTranslation('pickLists');
  const { t: tc } = useTranslation();
  const faultText = useFaultText();
  const [heir, setHeir] = useState<string>();
  const [held, setHeld] = useState<number>();
  const [fault, setFault] = useState<string>();
  const [isPending, setPending] = useState(false);
  const remove = async () => {
    setPending(true);
    setFault(undefined);
    await onRemove(heir).catch((error: unknown) => {
      const { code, details } = asFault(error);
      const { count, offer } = detailOf(details);
      // What is the default goes only with an heir, too, though nobody uses it.
      const wantsHeir = code.endsWith('_IN_USE') || (code === 'VALIDATION' && held === undefined);
      if (!wantsHeir) return setFault(faultText(error));
      setHeld(Number(count ?? 0));
      setHeir(textOf(offer) || heir);
    });
    setPending(false);
  };
  return (
    <Modal open onCancel={onClose} footer={null} title={t('removeTitle', { name })} width={440}>
      <p className={styles.quiet}>{hint}</p>
      {held !== undefined && (
        <>
          {held > 0 && <p className={styles.held}>{inUse(held)}</p>}
          <div className={styles.heir} aria-hidden>
            {replaceLabel}
          </div>
          <Select
            style={{ width: '100%' }}
            aria-label={replaceLabel}
            placeholder={replaceLabel}
            showSearch={{ optionFilterProp: 'label' }}
            value={heir}
            onChange={setHeir}
            options={others}
          />
        </>
      )}
      <FormFault text={fault} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button
          danger
          type="primary"
          loading={isPending}
          disabled={held !== undefined && !heir}
          onClick={() => void remove()}
        >
          {t(held === undefined ? 'removeGo' : 'replaceGo')}
        </Button>
      </div>
    </Modal>
  );
}
