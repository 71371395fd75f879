import { KeyOutlined } from '@ant-design/icons';
import { Collapse } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLoaderData, useRevalidator, useSearchParams } from 'react-router';
import { useFaultText } from '../../components/fault-note';
import { LanguageSwitch, ThemeSwitch } from '../../layout/switches';
import type { SignInResult } from './sign-in-loader';
import styles from './sign-in-page.module.css';
import { LinkCode, PasswordWay, WecomWay } from './ways';

/** The ways in. With a working link in the address this page is never seen. */
export function SignInPage() {
  const { t } = useTranslation('signIn');
  const { t: tc } = useTranslation();
  const { fault, token } = useLoaderData<SignInResult>();
  usePastedLink();
  const textOf = useFaultText();
  const [params] = useSearchParams();
  return (
    <div className={styles.page}>
      <div className={styles.switches}>
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      <main className={styles.card}>
        <title>{`${t('title')} · ${tc('product')}`}</title>
        <div className={styles.brand}>
          <img src="/favicon.svg" alt="" width={28} height={28} />
          {tc('product')}
        </div>
        {fault && (
          <div className={styles.fault} role="alert">
            <strong>{t('failed')}</strong>
            <div>{textOf(fault)}</div>
          </div>
        )}
        {params.get('refused') === 'wecom' && !fault && (
          <div className={styles.fault} role="alert">
            <strong>{t('failed')}</strong>
            <div>{t('wecomRefused')}</div>
          </div>
        )}
        {params.get('refused') === 'leaving' && !fault && (
          <div className={styles.fault} role="alert">
            <strong>{t('stillIn')}</strong>
            <div>{t('stillInHow')}</div>
          </div>
        )}
        {token ? <LinkCode token={token} /> : <Ways />}
      </main>
    </div>
  );
}

function Ways() {
  const { t } = useTranslation('signIn');
  return (
    <>
      <WecomWay />
      <Collapse
        ghost
        className={styles.more}
        items={[{ key: 'password', label: t('byPassword'), children: <PasswordWay /> }]}
      />
      <LinkWay />
    </>
  );
}

/** A link that is pasted while this page is open changes only what stands behind `#`: for the router that is no visit. */
function usePastedLink() {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    const look = () => void revalidate();
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, [revalidate]);
}

/** Where to find a one-time link. */
function LinkWay() {
  const { t } = useTranslation('signIn');
  return (
    <>
      <h1 className={styles.lead}>
        <KeyOutlined aria-hidden /> {t('lead')}
      </h1>
      <p>{t('how')}</p>
      <ol className={styles.ways}>
        <li>{t('firstStart')}</li>
        <li>
          {t('newUser')}
          <code className={styles.command}>{t('newUserCommand')}</code>
        </li>
        <li>
          {t('newLink')}
          <code className={styles.command}>{t('newLinkCommand')}</code>
        </li>
      </ol>
    </>
  );
}
