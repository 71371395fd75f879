/** Programs that calculate take a cell that begins so for a formula (S18), some of them the wide signs too. */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r]/;

/** The text of a cell that no program calculates. */
export const noFormula = (text: string): string => (formula.test(text) ? `'${text}` : text);
