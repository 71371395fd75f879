/** `138****1234`: enough to recognise a number one knows, too little to call one does not (PLT-02). */
export const maskPhone = (phone: string): string =>
  phone.length < 8 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}****${phone.slice(-4)}`;

const mail = /([\w+-])[\w.+-]*@([\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,})/g;
/** A resident's id number: the birthday in the middle tells it from other long numbers. */
const idNumber = /(?<!\d)(\d{3})\d{3}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{2}(\d[\dXx])(?![\dXx])/g;
const mobile = /(?<!\d)((?:\+?86[ -]?)?1[3-9]\d)([ -]?)\d{4}\2(\d{4})(?!\d)/g;
const card = /(?<!\d)\d{16,19}(?!\d)/g;

/** Hides phone numbers, id numbers, bank cards and mail addresses inside any text: logs, faults, notes (S15). */
export function maskPersonal(text: string): string {
  if (!/\d{4}|@/.test(text)) return text;
  return text
    .replace(mail, '$1***@$2')
    .replace(idNumber, '$1*************$2')
    .replace(mobile, '$1****$3')
    .replace(card, (number) => (isCard(number) ? `${'*'.repeat(number.length - 4)}${number.slice(-4)}` : number));
}

const secretInText = /((?:access_token|corpsecret|token|code|mobile|q)=)[^&\s"]+/gi;

/** Hides secrets inside addresses, and whatever is personal: for all that is written down of a fault. */
export const maskText = (text: string): string => maskPersonal(text.replace(secretInText, '$1***'));

/** By its check digit (Luhn). */
function isCard(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
