import { httpError } from '../http/errors';
import type { Viewer } from '../http/permissions';
import { isEmpty } from './codec';
import { columnOf, type Field, type RecordType, type Values } from './record-type';
import type { ServiceDeps } from './records';

/** What a client sent, with our ids in place of userids. */
export function createTranslator(type: RecordType, { staff, isItem, refersWell }: ServiceDeps) {
  const isKnown = async ({ type: kind, dictionary = '', of = '' }: Field, value: string, viewer?: Viewer) => {
    if (kind === 'dictionary') return isItem(dictionary, value);
    return kind === 'record' ? refersWell(of, value, viewer) : true;
  };

  const ours = ({ type: kind, key }: Field, value: unknown) =>
    kind === 'staff' ? staff.idOf(String(value), key) : value;

  /** @throws http.validation naming every field that points nowhere */
  return async (input: Values, viewer: Viewer | undefined): Promise<Values> => {
    const values: Values = {};
    const unknown: Field[] = [];
    for (const field of type.fields.filter(({ key }) => input[key] !== undefined)) {
      const value = input[field.key];
      values[columnOf(field)] = value;
      if (isEmpty(value)) continue;
      values[columnOf(field)] = await ours(field, value);
      if (!(await isKnown(field, String(value), viewer))) unknown.push(field);
    }
    if (unknown.length === 0) return values;
    throw httpError(
      'validation',
      unknown.map(({ key }) => ({ path: key, rule: 'unknown', message: 'There is no such thing to choose' })),
    );
  };
}
