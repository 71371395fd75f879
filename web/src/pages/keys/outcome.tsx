import { useTranslation } from 'react-i18next';
import type { Run } from '../../api';
import { Cut } from '../../components/cut';
import { StateTag } from '../../components/state-tag';
import { readRotated } from './use-rotation';

/** What a rotation amounted to. */
export function Outcome({ run }: { run: Run }) {
  const { t } = useTranslation('keys');
  if (run.error) return <Cut text={run.error} />;
  const rotated = readRotated(run);
  if (!rotated) return <>–</>;
  return (
    <>
      {t('sealedCount', { count: rotated.sealed })}{' '}
      {rotated.unreadable > 0 && (
        <StateTag tone="person" title={t('unreadableHint')}>
          {t('unreadable', { count: rotated.unreadable })}
        </StateTag>
      )}
    </>
  );
}
