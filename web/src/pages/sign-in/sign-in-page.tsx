import { KeyOutlined } from '@ant-design/icons';
import { Collapse } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLoaderData, useRevalidator, useSearchParams } from 'react-router';
import { useFaultText } from '../../components/fault-note';
import { LanguageSwitch, ThemeSwitch } from '../../layout/switches';
import type { SignInResult } from './sign-in-loader';
import styles from './sign-in-page.module.css';
import { LinkCode, OtherPages, PasswordWay } from './ways';

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
        {!fault && <Refusal why={params.get('refused')} />}
        {token ? <LinkCode token={token} /> : <Ways />}
      </main>
    </div>
  );
}

/** Why the browser came back here from elsewhere. */
function Refusal({ why }: { why: string | null }) {
  const { t } = useTranslation('signIn');
  const words: Record<string, [title: string, text: string]> = {
    wecom: [t('failed'), t('wecomRefused')],
    oidc: [t('failed'), t('oidcRefused')],
    oidc_away: [t('failed'), t('oidcAway')],
    leaving: [t('stillIn'), t('stillInHow')],
  };
  const [title, text] = words[why ?? ''] ?? [];
  if (!title) return null;
  return (
    <div className={styles.fault} role="alert">
      <strong>{title}</strong>
      <div>{text}</div>
    </div>
  );
}

function Ways() {
  const { t } = useTranslation('signIn');
  return (
    <>
      <OtherPages />
      <Collapse
        ghost
        className={styles.more}
        styles={{ header: { paddingInline: 0 }, body: { paddingInline: 0 } }}
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
