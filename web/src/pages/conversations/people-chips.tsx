import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../api';
import { Cut } from '../../components/cut';

/** Who takes part, as far as the list tells: "客户 陈小满、员工 李雷". */
export function PeopleChips({ people }: { people: Conversation['people'] }) {
  const { t } = useTranslation('conversations');
  const { t: tc } = useTranslation();
  const words = people.map(({ id, name, kind }) => `${t(`person.${kind}`)} ${name ?? id}`);
  return <Cut text={words.join(tc('listSeparator'))} />;
}
