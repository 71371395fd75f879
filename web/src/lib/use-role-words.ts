import { api, useCan } from '../api';
import { useWord } from './use-word';

interface RoleWords {
  nameOf(key: string): string;
  aboutOf(key: string): string;
  /** Of the roles the company put together itself. */
  custom: { key: string; name: string }[];
}

/** What roles are called: the built-in ones by the console, the others by whoever made them. */
export function useRoleWords(): RoleWords {
  const wordOf = useWord('shell');
  const aboutWord = useWord('access');
  const { data } = api.useQuery('get', '/roles', {}, { enabled: useCan('access:read'), staleTime: 60_000 });
  const found = (key: string) => data?.items.find((role) => role.key === key);
  return {
    nameOf: (key) => wordOf(`role.${key}`) ?? found(key)?.name ?? key,
    aboutOf: (key) => aboutWord(`roleAbout.${key}`) ?? found(key)?.about ?? '',
    custom: (data?.items ?? []).flatMap(({ key, name }) => (name === null ? [] : [{ key, name }])),
  };
}
