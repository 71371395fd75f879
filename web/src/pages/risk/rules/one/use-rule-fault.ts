import type { FormInstance } from 'antd';
import { useTranslation } from 'react-i18next';
import { asFault, type Fault } from '../../../../api';
import { useFaultText } from '../../../../components/fault-note';
import { useWord } from '../../../../lib/use-word';
import { faultKey, fieldFor } from '../rule-words';

type FieldFault = Fault['fields'][number];

/** As `useFormFault`, for fields that lie inside others: a fault of one of several matchers stands under that one. */
export function useRuleFault(form: FormInstance): (thrown: unknown) => string | undefined {
  const textOf = useFaultText();
  const wordsOf = useFieldWords();
  return (thrown) => {
    const { code, fields } = asFault(thrown);
    if (code !== 'VALIDATION') return textOf(thrown);
    const names = form.getFieldsError().map(({ name }) => name);
    const placed = fields.flatMap((fault) => {
      const name = fieldFor(fault.path, names);
      return name ? [{ name: [...name], errors: [wordsOf(fault, name)] }] : [];
    });
    form.setFields(placed);
    if (placed[0]) form.scrollToField(placed[0].name, { block: 'center' });
    return placed.length < fields.length || fields.length === 0 ? textOf(thrown) : undefined;
  };
}

function useFieldWords(): (fault: FieldFault, name: readonly (string | number)[]) => string {
  const { t } = useTranslation('rules');
  const { t: tf } = useTranslation('faults');
  const ownOf = useWord('rules');
  const generalOf = useWord('faults');
  return ({ path, rule, message }, name) => {
    if (rule === 'pattern') return t('fault.pattern', { message });
    const keys = [faultKey(path, rule), faultKey(name.join('.'), rule)];
    const own = keys.map((key) => ownOf(`fault.${key}`)).find((words) => words !== undefined);
    return own ?? generalOf(`rule.${rule}`) ?? tf('rule.other', { message });
  };
}
