import { useTranslation } from 'react-i18next';
import { api, type Relation } from '../../../api';
import { ReasonForm } from './reason-form';

interface Props {
  relation: Relation;
  field: 'remark_mobiles' | 'description';
  onShown(values: readonly string[]): void;
  onClose(): void;
}

/** Asks why somebody wants to see a covered field, and shows it. */
export function RevealForm({ relation, field, onShown, onClose }: Props) {
  const { t } = useTranslation('externalContacts');
  const { mutateAsync } = api.useMutation('post', '/external-contacts/{external_userid}/reveal');
  const words = {
    label: t('reveal.reason'),
    hint: t('reveal.hint'),
    example: t('reveal.example'),
    submit: t('reveal.show'),
  };
  const reveal = async (reason: string) => {
    const params = { path: { external_userid: relation.external_userid } };
    const { items } = await mutateAsync({ params, body: { field, relation_id: relation.id, reason } });
    onShown(items.flatMap(({ values }) => values));
  };
  return <ReasonForm words={words} onReason={reveal} onClose={onClose} />;
}
