import type { Company } from '../company';
import { archiveOperations } from './archive';
import { departmentOperations } from './departments';
import { groupOperations } from './groups';
import { interceptionOperations } from './interception';
import { payOperations } from './pay';
import { portfolioOperations } from './portfolio';
import { relationOperations } from './relations';
import { securityOperations } from './security';
import { staffOperations } from './staff';
import { tagOperations } from './tags';
import { transferOperations } from './transfers';

export { NotPossible } from './support';

export type Control = ReturnType<typeof createControl>;

/**
 * Everything people can do in the pretend company, one operation a method, one object as argument. Each changes the
 * world, writes the ledger and sends WeCom's callbacks unless `silent`. @throws NotPossible
 */
export const createControl = (company: Company) => ({
  ...relationOperations(company),
  ...staffOperations(company),
  ...departmentOperations(company),
  ...groupOperations(company),
  ...tagOperations(company),
  ...transferOperations(company),
  ...portfolioOperations(company),
  ...archiveOperations(company),
  ...securityOperations(company),
  ...payOperations(company),
  ...interceptionOperations(company),
});
