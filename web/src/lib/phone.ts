/** Whether somebody who types this is on the way to a phone number: such a text stays out of addresses. */
export const isNumber = (text: string): boolean =>
  /^\+?\d{4,}$/.test(text.normalize('NFKC').replace(/[\s\-–—.()]/g, ''));
