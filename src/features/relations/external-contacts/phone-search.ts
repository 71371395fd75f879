import { looksLikePhone, normalPhone } from '../../../core/phone';
import type { Vault } from '../../../core/vault';
import type { Condition } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import type { Scope } from '../../kernel/scope';
import { contactsLike, contactsWithPhone } from './contact-filters';
import { phoneHash } from './personal';

interface Asked {
  q?: string | undefined;
  mobile?: string | undefined;
}

interface Search {
  conditions: Condition[];
  /** Whether no index leads to what is asked, and the list must be walked. */
  mustWalk: boolean;
}

/** Finds by name or by a phone number. A number is sealed, so it is found whole and by its keyed hash (S15). */
export function createPhoneSearch({ db, vault }: { db: Database; vault: Vault }) {
  const withPhone = (normal: string, scope: Scope): Condition =>
    contactsWithPhone(phoneHash(vault, normal), scope.relations('l'));

  async function byText(q: string, scope: Scope): Promise<{ condition: Condition; mustWalk: boolean }> {
    const normal = looksLikePhone(q) ? normalPhone(q) : undefined;
    if (normal !== undefined) {
      const [where, ...params] = withPhone(normal, scope);
      const sql = `SELECT e.id FROM external_contact e WHERE ${where} LIMIT 1`;
      if ((await db.query(sql, params)).length > 0) return { condition: [where, ...params], mustWalk: false };
    }
    return { condition: contactsLike(q, scope.relations('l')), mustWalk: true };
  }

  return {
    /** A `q` that is a phone number somebody noted finds by it alone; any other is looked for as text. */
    async conditions({ q, mobile }: Asked, scope: Scope): Promise<Search> {
      const byNumber = mobile === undefined ? [] : [withPhone(normalPhone(mobile) ?? '', scope)];
      if (!q) return { conditions: byNumber, mustWalk: false };
      const { condition, mustWalk } = await byText(q, scope);
      return { conditions: [...byNumber, condition], mustWalk: mustWalk && byNumber.length === 0 };
    },
  };
}
