/** The keys of the Chinese texts, with any words: English says the same things, no more and no fewer. */
export type Mirror<T> = { [K in keyof T]: T[K] extends string ? string : Mirror<T[K]> };
