import { useTranslation } from 'react-i18next';
import { CodeView } from '../../../components/code-view';
import { CopyButton } from '../../../components/copy-button';
import styles from './connectors.module.css';
import { makeKeys, signedReport } from './example-text';

/** How a program makes its keys, and how it reports. */
export function Example() {
  const { t } = useTranslation('connectors');
  return (
    <div className={styles.example}>
      <Step title={t('makeKeys')} text={makeKeys} />
      <Step title={t('sendReport')} text={signedReport(window.location.origin)} />
      <ul className={styles.rules}>
        {(['bytes', 'clock', 'nonce', 'whom', 'actions'] as const).map((rule) => (
          <li key={rule}>{t(`ruleOf.${rule}`)}</li>
        ))}
      </ul>
    </div>
  );
}

function Step({ title, text }: { title: string; text: string }) {
  const { t } = useTranslation('connectors');
  return (
    <section>
      <div className={styles.head}>
        <h3>{title}</h3>
        <CopyButton text={text} label={t('copyExample')} />
      </div>
      <CodeView tokens={[{ kind: 'text', text }]} />
    </section>
  );
}
