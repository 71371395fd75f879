import { CheckCircleOutlined, ExclamationCircleOutlined, InfoCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ArchiveStatus } from '../../api';
import styles from './archive.module.css';

type Cause = NonNullable<ArchiveStatus['cause']>;

/** Nothing is wrong with these: there is just nothing to fetch. */
const calm: readonly Cause[] = ['quiet', 'not_asked'];

/** Why nothing comes, told apart, and what to do about it; that messages come in when they do. */
export function CauseBanner({ status: { cause, missing_keys } }: { status: ArchiveStatus }) {
  const { t } = useTranslation('archive');
  if (cause === null) return <Banner tone="proved" title={t('flowing')} hint={t('flowingHint')} />;
  const versions = missing_keys.join(', ');
  return (
    <Banner
      tone={calm.includes(cause) ? 'neutral' : 'person'}
      title={t(`cause.${cause}`, { versions })}
      hint={t(`remedy.${cause}`, { versions })}
    />
  );
}

const icons = {
  proved: <CheckCircleOutlined />,
  person: <ExclamationCircleOutlined />,
  neutral: <InfoCircleOutlined />,
};

interface BannerProps {
  tone: keyof typeof icons;
  title: string;
  hint: string;
}

function Banner({ tone, title, hint }: BannerProps) {
  return (
    <div className={`${styles.banner} ${styles[tone]}`} role="status">
      <span className={styles.light} aria-hidden>
        {icons[tone]}
      </span>
      <div>
        <strong>{title}</strong>
        <div>{hint}</div>
      </div>
    </div>
  );
}
