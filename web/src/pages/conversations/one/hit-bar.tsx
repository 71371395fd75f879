import { CloseOutlined, DownOutlined, LoadingOutlined, UpOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useHotkeys } from 'react-hotkeys-hook';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../../components/fault-note';
import styles from './hit-bar.module.css';
import type { Hits, Way } from './use-hits';

interface Props {
  query: string;
  hits: Hits;
  onClose(): void;
}

/** `n` and `p` go from hit to hit. */
export function HitBar({ query, hits, onClose }: Props) {
  const { t } = useTranslation('conversations');
  useHotkeys('n', () => hits.go('next'));
  useHotkeys('p', () => hits.go('previous'));
  return (
    <search className={styles.bar} aria-label={t('hits.title')}>
      <span className={styles.query} title={query}>
        <bdi>{query}</bdi>
      </span>
      <span className={styles.count} role="status">
        <Count hits={hits} />
      </span>
      <Step hits={hits} way="previous" />
      <Step hits={hits} way="next" />
      <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('hits.close')} onClick={onClose} />
    </search>
  );
}

function Count({ hits: { ids, isMore, isPending, error, at } }: { hits: Hits }) {
  const { t } = useTranslation('conversations');
  const textOf = useFaultText();
  if (error) return <span className={styles.lost}>{textOf(error)}</span>;
  if (isPending) return <LoadingOutlined aria-label={t('hits.looking')} />;
  const total = `${ids.length}${isMore ? '+' : ''}`;
  return at < 0 ? t('hits.count', { total }) : t('hits.at', { at: at + 1, total });
}

function Step({ hits, way }: { hits: Hits; way: Way }) {
  const { t } = useTranslation('conversations');
  return (
    <Button
      type="text"
      size="small"
      icon={way === 'next' ? <DownOutlined /> : <UpOutlined />}
      aria-label={t(`hits.${way}`)}
      title={t(`hits.${way}`)}
      disabled={!hits.has(way)}
      onClick={() => hits.go(way)}
    />
  );
}
