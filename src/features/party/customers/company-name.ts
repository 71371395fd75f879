/** Legal forms, the longest first: `有限责任公司` is no `有限公司` with something before it. */
const legalForm =
  /(股份有限公司|有限责任公司|集团有限公司|有限公司|股份公司|集团公司|总公司|分公司|公司|集团|co\.?,?ltd\.?|ltd\.?|inc\.?|corp\.?|llc|gmbh)$/;

/**
 * A company's name as it is compared (CUS-08): half-width, lower case, without blanks, brackets, marks, and the legal
 * form at its end. What brackets hold stays: 北京 tells two companies apart.
 */
export function companyKey(name: string): string {
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s()[\]{}（）【】《》<>"'“”‘’·、,，.。\-_/\\&]/g, '');
  const bare = plain.replace(legalForm, '');
  return bare === '' ? plain : bare;
}

const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Whether a 统一社会信用代码 is one: 18 signs with the check sign of GB 32100. */
export function isCreditCode(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  const sum = [...code.slice(0, 17)].reduce((total, sign, i) => total + signs.indexOf(sign) * (3 ** i % 31), 0);
  return signs[(31 - (sum % 31)) % 31] === code[17];
}
