import { App, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../../components/fault-note';
import { Panel } from '../../../components/panel';
import { changeRecord, type RecordPart } from '../../../records';
import styles from '../../../records/records.module.css';

const points = ['need', 'budget', 'authority', 'timing'] as const;

/** What must be known before a lead is called qualified; each tick is kept at once. */
export function Checklist({ record, type, mayEdit }: RecordPart) {
  const { t } = useTranslation('records');
  const { t: tl } = useTranslation('leads');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const [wanted, setWanted] = useState<Record<string, boolean>>();
  // What was ticked stands at once, until the server has said so too.
  const ticked = wanted ?? ((record.checklist ?? {}) as Record<string, boolean>);
  const tick = async (point: string, isTrue: boolean) => {
    const checklist = { ...ticked, [point]: isTrue };
    setWanted(checklist);
    try {
      await changeRecord(type.path, record, { checklist });
    } catch (thrown) {
      void message.error(textOf(thrown));
    } finally {
      setWanted(undefined);
    }
  };
  return (
    <Panel title={tl('checklist')}>
      <p className={styles.quiet}>{tl('checklistHint')}</p>
      {points.map((point) => (
        <div key={point}>
          <Checkbox
            checked={ticked[point] === true}
            disabled={!mayEdit || wanted !== undefined}
            onChange={({ target }) => void tick(point, target.checked)}
          >
            {t(`checklist.${point}`)}
          </Checkbox>
        </div>
      ))}
    </Panel>
  );
}
