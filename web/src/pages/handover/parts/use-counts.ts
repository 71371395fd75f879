import { useTranslation } from 'react-i18next';

/** "12 位客户、3 个客户群". */
export function useContactsAnd(): (contacts: number, groups: number) => string {
  const { t } = useTranslation('handoverPlans');
  return (contacts, groups) =>
    t('contactsAnd', { contacts: contacts.toLocaleString(), groups: groups.toLocaleString() });
}
