import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type CallbackKeys, invalidate, type Settings } from '../../api';
import { CopyButton } from '../../components/copy-button';
import { useFaultText } from '../../components/fault-note';
import { FormFault } from '../../components/form-fault';
import { StateTag } from '../../components/state-tag';
import { AgeText } from '../../components/time-text';
import styles from './setup.module.css';
import { isVerified } from './steps';

type Callback = Settings['callbacks'][number];

/** One receiver: where to click, what to paste, and whether WeCom has been here. */
export function ReceiverCard({ callback }: { callback: Callback }) {
  const { t } = useTranslation('setup');
  const { t: ts } = useTranslation('states');
  const textOf = useFaultText();
  const { receiver, url, configured } = callback;
  const make = api.useMutation('post', '/settings/callback-keys', { onSuccess: () => invalidate('/settings') });
  const name = ts(`receiver.${receiver}`);
  return (
    <section className={styles.receiver} aria-label={name}>
      <div className={styles.receiverHead}>
        <h3>{name}</h3>
        <ReceiverState callback={callback} />
      </div>
      <p className={styles.quiet}>{t(`menu.${receiver === 'agent' ? 'agent' : 'contacts'}`)}</p>
      <dl className={styles.values}>
        <Copyable label="URL" text={url} />
        {make.data && <KeyValues keys={make.data} />}
      </dl>
      {make.error && <FormFault text={textOf(make.error)} />}
      {!make.data && (
        <div className={styles.make}>
          <Button loading={make.isPending} onClick={() => make.mutate({ body: { receiver } })}>
            {t(configured ? 'makeAgain' : 'make')}
          </Button>
          {configured && <span className={styles.quiet}>{t('madeHint')}</span>}
        </div>
      )}
      {make.data && <p className={styles.quiet}>{t('onceHint')}</p>}
    </section>
  );
}

function KeyValues({ keys: { token, aes_key } }: { keys: CallbackKeys }) {
  return (
    <>
      <Copyable label="Token" text={token} />
      <Copyable label="EncodingAESKey" text={aes_key} />
    </>
  );
}

function Copyable({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation('setup');
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <code>{text}</code>
        <CopyButton text={text} label={t('copyOf', { label })} />
      </dd>
    </>
  );
}

function ReceiverState({ callback }: { callback: Callback }) {
  const { t } = useTranslation('setup');
  if (isVerified(callback)) {
    return (
      <span role="status">
        <StateTag tone="proved">{t('verified')}</StateTag>{' '}
        <span className={styles.quiet}>
          <AgeText at={callback.verified_at ?? callback.last_event_at ?? ''} />
        </span>
      </span>
    );
  }
  return (
    <span role="status">
      <StateTag tone={callback.configured ? 'active' : 'neutral'}>
        {t(callback.configured ? 'waiting' : 'noKeys')}
      </StateTag>
    </span>
  );
}
