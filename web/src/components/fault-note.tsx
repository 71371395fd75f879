import { DisconnectOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { asFault, type Fault } from '../api';
import { useWord } from '../lib/use-word';
import { CopyButton } from './copy-button';
import { NoAccess } from './no-access';
import { Note } from './note';
import styles from './note.module.css';

/** Of `successors.0.takes` it is `takes`, of `successors.0` it is `successors`. */
const nameOf = (path: string): string => path.match(/[a-z_]+/g)?.at(-1) ?? path;

/** A fault in the reader's words: what happened, why, what to do. */
export function useFaultText(): (thrown: unknown) => string {
  const { t, i18n } = useTranslation('faults');
  const wordOf = useWord('faults');
  return (thrown) => {
    const { code, title, fields } = asFault(thrown);
    const words = new Set(fields.flatMap(({ path, rule }) => wordOf(`field.${nameOf(path)}_${rule}`) ?? []));
    if (words.size > 0) return [...words].join(' ');
    const known = i18n.exists(`code.${code}`, { ns: 'faults' });
    return known
      ? i18n.t(`code.${code}` as 'code.NETWORK', { ns: 'faults' })
      : t('code.other', { title: title || code });
  };
}

/** The code and trace id, small, to be read out to an administrator. */
function FaultTrace({ fault }: { fault: Fault }) {
  const { t } = useTranslation();
  return (
    <div className={styles.trace}>
      <code>{fault.code}</code>
      {fault.trace_id && (
        <>
          {' · '}
          {t('trace', { id: fault.trace_id })}
          <CopyButton text={fault.trace_id} />
        </>
      )}
    </div>
  );
}

interface Props {
  error: unknown;
  onRetry?: () => void;
  small?: boolean;
}

/** Says what failed and why, offers to try again, and shows the trace id. */
export function FaultNote({ error, onRetry, small = false }: Props) {
  const { t } = useTranslation();
  const { t: tf } = useTranslation('faults');
  const textOf = useFaultText();
  if (asFault(error).code === 'FORBIDDEN') return <NoAccess small={small} />;
  const actions = onRetry && (
    <Button size={small ? 'small' : 'middle'} onClick={onRetry}>
      {t('retry')}
    </Button>
  );
  return (
    <Note title={tf('failed')} icon={<DisconnectOutlined />} tone="lost" actions={actions} small={small}>
      {textOf(error)}
      <FaultTrace fault={asFault(error)} />
    </Note>
  );
}
