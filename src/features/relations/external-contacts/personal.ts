import { maskPersonal, maskPhone } from '../../../core/mask';
import { normalPhone } from '../../../core/phone';
import type { Place, Vault } from '../../../core/vault';
import type { FieldAccess } from '../../../http/roles';
import type { ExternalContact, Relation } from './external-contacts.entity';

/** What of a relation is sealed: by one cipher a row, as a first sync brings a hundred thousand of them. */
export type PersonalFields = Pick<Relation, 'description' | 'remark_mobiles' | 'extra'>;

const blank: PersonalFields = { description: '', remark_mobiles: '[]', extra: null };

const relationPlace = (id: string): Place => ({ table: 'relation', column: 'personal', id });
const contactPlace = (id: string): Place => ({ table: 'external_contact', column: 'extra', id });

/** A relation as it is stored: what is personal stands sealed in `personal`, and nowhere else. */
export function sealRelation(vault: Vault, row: Relation): Relation {
  const { description, remark_mobiles, extra } = row;
  const isBlank = description === '' && remark_mobiles === '[]' && extra === null;
  const text = JSON.stringify([description, remark_mobiles, extra]);
  return { ...row, ...blank, personal: isBlank ? null : vault.seal(text, relationPlace(row.id)) };
}

/** The reverse. A row of an older version has nothing sealed. @throws Error when it was edited or moved */
export function openRelation(vault: Vault, row: Relation): Relation {
  if (row.personal === null) return row;
  const [description, remark_mobiles, extra] = JSON.parse(vault.open(row.personal, relationPlace(row.id)));
  return { ...row, description, remark_mobiles, extra };
}

export const sealContact = (vault: Vault, row: ExternalContact): ExternalContact =>
  row.extra === null ? row : { ...row, extra: vault.seal(row.extra, contactPlace(row.external_userid)) };

/** @throws Error when it was edited or moved */
export const openContact = (vault: Vault, row: ExternalContact): ExternalContact =>
  row.extra === null || row.extra.startsWith('{')
    ? row
    : { ...row, extra: vault.open(row.extra, contactPlace(row.external_userid)) };

export const phoneHash = (vault: Vault, normal: string): string => vault.fingerprint('phone', normal);

/** What a relation is found by: the keyed hashes of its phone numbers, each once. */
export function phoneHashes(vault: Vault, { remark_mobiles }: Pick<Relation, 'remark_mobiles'>): string[] {
  if (remark_mobiles === '[]') return [];
  const phones = (JSON.parse(remark_mobiles) as string[]).flatMap((phone) => normalPhone(phone) ?? []);
  return [...new Set(phones)].map((phone) => phoneHash(vault, phone));
}

export const shownText = (text: string, access: FieldAccess): string => {
  if (access === 'none') return '';
  return access === 'masked' && text !== '' ? '***' : text;
};

export const shownPhones = (phones: string[], access: FieldAccess): string[] => {
  if (access === 'none') return [];
  return access === 'masked' ? phones.map(maskPhone) : phones;
};

/** Of a relation or a contact, what nobody may read in the account of a change. */
const secretFields = new Set(['description', 'remark_mobiles', 'extra']);

/** What the history tells of a person: sealed, so that it is forgotten with their key (S23). */
const personalFields = new Set([...secretFields, 'remark', 'remark_corp_name', 'channel']);

/** Divides `{field: [before, after]}` into what may stand in plain text and what must be sealed. */
export function divide(diff: Record<string, unknown>): { plain: object; personal: Record<string, unknown> } {
  const entries = Object.entries(diff);
  const isPersonal = ([field]: [string, unknown]) => personalFields.has(field);
  return {
    plain: Object.fromEntries(entries.filter((entry) => !isPersonal(entry))),
    personal: Object.fromEntries(entries.filter(isPersonal)),
  };
}

/** The same diff for whoever only compares: which fields changed, and of phone numbers the ends. */
export const maskedDiff = (diff: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(diff).map(([field, change]) => [field, maskedChange(field, change)]));

function maskedChange(field: string, change: unknown): unknown {
  if (!secretFields.has(field) || !Array.isArray(change)) return change;
  const mask = (value: unknown) => (field === 'remark_mobiles' ? maskPersonal(String(value)) : value && '***');
  return change.map(mask);
}
