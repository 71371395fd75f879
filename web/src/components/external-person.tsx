import { WechatOutlined, WechatWorkOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ExternalContact } from '../api';
import { Person, type PersonProps } from './person';

type Kind = ExternalContact['type'];

/** WeChat or WeCom; nothing while unknown. */
export function ChannelMark({ type }: { type: Kind }) {
  const { t } = useTranslation();
  if (type === 'wechat') return <WechatOutlined title={t('wechat')} aria-label={t('wechat')} />;
  if (type === 'wecom') return <WechatWorkOutlined title={t('wecom')} aria-label={t('wecom')} />;
  return null;
}

type Contact = { external_userid: string; name: string | null } & Partial<
  Pick<ExternalContact, 'avatar' | 'type' | 'corp_name' | 'erased_at'>
>;

/** An external contact: name, WeChat / WeCom mark, company in grey; of somebody erased the id, and that they were. The name leads to the person's page unless `link` is off. */
export function ExternalPerson({ contact, link = true, size }: { contact: Contact; link?: boolean; size?: number }) {
  const { t } = useTranslation();
  const { external_userid, name, avatar, type, corp_name, erased_at } = contact;
  const props: PersonProps = { id: external_userid, name, avatar, detail: erased_at ? t('erased') : corp_name };
  if (size) props.size = size;
  if (link) props.to = externalContactPath(external_userid);
  return <Person {...props} mark={type && type !== 'unknown' ? <ChannelMark type={type} /> : undefined} />;
}

export const externalContactPath = (externalUserid: string): string =>
  `/external-contacts/${encodeURIComponent(externalUserid)}`;
