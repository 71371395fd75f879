import { useTranslation } from 'react-i18next';
import { api } from '../../api';

const keepMs = 300_000;

/** Every corp tag there is or was. */
export const useCorpTags = () =>
  api.useQuery('get', '/corp-tags', { params: { query: { deleted: 'true' } } }, { staleTime: keepMs });

/** The name behind a tag's id; the id itself while, or if, it is not known. */
export function useTagName(): (tagId: string) => string {
  const { t } = useTranslation('externalContacts');
  const { data } = useCorpTags();
  const known = new Map(data?.items.flatMap(({ tags }) => tags.map((tag) => [tag.tag_id, tag])));
  return (tagId) => {
    const tag = known.get(tagId);
    if (!tag) return tagId;
    return tag.deleted_at ? t('tagDeleted', { name: tag.name }) : tag.name;
  };
}
