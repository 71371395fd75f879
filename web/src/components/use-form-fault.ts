import type { FormInstance } from 'antd';
import { useTranslation } from 'react-i18next';
import { asFault } from '../api';
import { useWord } from '../lib/use-word';
import { useFaultText } from './fault-note';

/**
 * Puts what the server finds wrong under the fields of a form, in the reader's words. What concerns none of them comes
 * back as text, to be shown above the buttons.
 */
export function useFormFault(form: FormInstance, names: readonly string[]): (thrown: unknown) => string | undefined {
  const { t } = useTranslation('faults');
  const wordOf = useWord('faults');
  const textOf = useFaultText();
  return (thrown) => {
    const { code, fields } = asFault(thrown);
    if (!aboutFields.has(code)) return textOf(thrown);
    const known = fields.filter(({ path }) => names.includes(nameOf(path)));
    for (const { path, rule, message } of known) {
      const name = nameOf(path);
      const text = wordOf(`rule.${name}_${rule}`) ?? wordOf(`rule.${rule}`) ?? t('rule.other', { message });
      form.setFields([{ name, errors: [text] }]);
    }
    return known.length < fields.length || fields.length === 0 ? textOf(thrown) : undefined;
  };
}

/** Faults that name the fields they are about. */
const aboutFields = new Set(['VALIDATION', 'DUPLICATE', 'FIELD_FORBIDDEN']);

/** The fault of one entry of a list stands under the list. */
const nameOf = (path: string): string => path.split('.')[0] ?? path;
