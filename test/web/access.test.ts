import { permissions } from '../../src/http/permissions';
import { builtInRoles, guardedFields, roleKeys as serverRoles } from '../../src/http/roles';
import { access } from '../../web/src/i18n/zh-CN/access';
import { isMasked } from '../../web/src/lib/masked';
import { barredBy, isOverloaded, needsEnd, roleKeys } from '../../web/src/pages/access/duties';
import { fields, permissionGroups } from '../../web/src/pages/access/matrix';
import { holds, tokenState, userState } from '../../web/src/pages/access/standing';

const now = new Date('2025-11-22T08:00:00.000Z');
const past = '2025-11-22T08:00:00.000Z';
const future = '2025-11-22T08:00:01.000Z';

test('being shut out outlasts an end; an end counts from its instant on', () => {
  expect(userState({ disabled_at: null, expires_at: null }, now)).toBe('active');
  expect(userState({ disabled_at: null, expires_at: future }, now)).toBe('active');
  expect(userState({ disabled_at: null, expires_at: past }, now)).toBe('expired');
  expect(userState({ disabled_at: past, expires_at: past }, now)).toBe('disabled');
  expect(tokenState({ revoked_at: null, expires_at: past }, now)).toBe('expired');
  expect(tokenState({ revoked_at: past, expires_at: null }, now)).toBe('revoked');
  expect(tokenState({ revoked_at: null, expires_at: null }, now)).toBe('active');
});

test('a search finds part of a name, in any case', () => {
  expect(holds(undefined, null)).toBe(true);
  expect(holds(' LI', 'Ada', 'lilei')).toBe(true);
  expect(holds('han', 'lilei', null)).toBe(false);
});

test('S11 one duty bars the others, and those of an administrator bar business roles', () => {
  expect(barredBy('auditor', ['security_admin', 'sales'])).toBe('security_admin');
  expect(barredBy('security_admin', ['security_admin'])).toBeUndefined();
  expect(barredBy('finance', ['security_admin'])).toBe('security_admin');
  expect(barredBy('system_admin', ['sales'])).toBe('sales');
  expect(barredBy('sales', ['finance'])).toBeUndefined();
  expect(isOverloaded(['system_admin', 'sales'])).toBe(true);
  expect(isOverloaded(['compliance_officer', 'sales'])).toBe(false);
  expect(isOverloaded(['system_admin', 'compliance_officer'])).toBe(true);
  expect(needsEnd(['auditor'])).toBe(true);
  expect(needsEnd(['sales'])).toBe(false);
});

test('the matrix has a row in plain words for every permission and guarded field of the server', () => {
  const roles = serverRoles.map((key) => ({ permissions: builtInRoles[key].grants }));
  const rows = permissionGroups(roles).flatMap((group) => group.permissions);
  expect([...rows].sort()).toEqual([...permissions].sort());
  expect(Object.keys(access.can).sort()).toEqual([...permissions].sort());
  expect(permissionGroups(roles).map(({ key }) => key)).not.toContain('other');
  expect(fields).toEqual(guardedFields);
  expect(Object.keys(access.field)).toEqual([...guardedFields]);
  expect(roleKeys).toEqual(serverRoles);
});

test('a permission that nobody placed stands under "other"', () => {
  const groups = permissionGroups([{ permissions: ['directory:read', 'kites:fly'] }]);
  expect(groups).toEqual([
    { key: 'customers', permissions: ['directory:read'] },
    { key: 'other', permissions: ['kites:fly'] },
  ]);
});

test.each([
  ['138****1111', true],
  ['***', true],
  ['*****', true],
  ['13800001111', false],
  ['5 **** hotel', false],
  ['', false],
])('PLT-02 %s: covered %s', (text, covered) => {
  expect(isMasked(text)).toBe(covered);
});
