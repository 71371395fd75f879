/** The page of a record; each type has its own room. */
export const recordPath = (type: string, id: string): string => `/${roomOf(type)}/${encodeURIComponent(id)}`;

/** The address of a type's list: `customer` lives in `customers`. */
export const roomOf = (type: string): string => `${type}s`;
