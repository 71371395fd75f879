import { parse as parseLossless } from 'lossless-json';

/** An integer literal of 16 digits or more; inside a text it costs the slow path and nothing else. */
const longInteger = /[:[,]\s*-?\d{16,}/;

/** Parses JSON; integers beyond 2^53, which JSON.parse would bend, stay text. @throws SyntaxError */
export function parseJson(text: string): unknown {
  return longInteger.test(text) ? parseLossless(text, undefined, exactNumber) : JSON.parse(text);
}

function exactNumber(literal: string): unknown {
  const value = Number(literal);
  return /^-?\d+$/.test(literal) && !Number.isSafeInteger(value) ? literal : value;
}
