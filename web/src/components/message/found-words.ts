import { createContext } from 'react';

/** What the reader came to look for: it is marked wherever it stands in a text. */
export const FoundWords = createContext('');
