import { useTranslation } from 'react-i18next';
import { useWord } from '../lib/use-word';
import type { RecordType } from './types';

/** Names of types, fields and choices: of the type itself, else what all have in common, else as the API spells it. */
export function useRecordWords() {
  const wordOf = useWord('records');
  return {
    one: ({ key }: Pick<RecordType, 'key'>): string => wordOf(`one.${key}`) ?? key,
    many: ({ key }: Pick<RecordType, 'key'>): string => wordOf(`many.${key}`) ?? key,
    field: ({ key }: Pick<RecordType, 'key'>, field: string): string =>
      wordOf(`${key}.${field}`) ?? wordOf(`common.${field}`) ?? field,
    choice: ({ key }: Pick<RecordType, 'key'>, field: string, value: string): string =>
      wordOf(`choice.${key}.${field}.${value}`) ?? wordOf(`choice.common.${field}.${value}`) ?? value,
    kind: (kind: string): string => wordOf(`kind.${kind}`) ?? kind,
  };
}

export type RecordWords = ReturnType<typeof useRecordWords>;

/** How the values of a field that stands for a list are called in the reader's language. */
export function useItemLabel(): (item: { label_zh: string; label_en: string }) => string {
  const { i18n } = useTranslation();
  return ({ label_zh, label_en }) => (i18n.language === 'en' ? label_en : label_zh);
}
