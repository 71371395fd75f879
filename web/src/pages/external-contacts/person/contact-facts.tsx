import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ExternalContact } from '../../../api';
import { Facts } from '../../../components/facts';
import { TimeText } from '../../../components/time-text';

/** What WeCom says of the person. */
export function ContactFacts({ contact }: { contact: ExternalContact }) {
  const { t } = useTranslation('externalContacts');
  const { t: tc } = useTranslation();
  return (
    <Facts
      items={[
        { label: t('type'), value: tc(contact.type) },
        { label: t('company'), value: contact.corp_name && <bdi>{contact.corp_name}</bdi> },
        { label: t('companyFull'), value: contact.corp_full_name && <bdi>{contact.corp_full_name}</bdi> },
        { label: t('position'), value: contact.position && <bdi>{contact.position}</bdi> },
        { label: t('gender'), value: t(`genders.${contact.gender}`) },
        { label: t('externalUserid'), value: <Id text={contact.external_userid} /> },
        { label: t('unionid'), value: contact.unionid && <Id text={contact.unionid} /> },
        { label: t('firstSeen'), value: <TimeText at={contact.created_at} /> },
        { label: t('updatedAt'), value: <TimeText at={contact.updated_at} /> },
      ]}
    />
  );
}

const Id = ({ text }: { text: string }) => <Typography.Text copyable>{text}</Typography.Text>;
