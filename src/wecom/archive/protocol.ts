/**
 * What the archive's child processes are told and what they answer: one JSON text a line, each way. Any program that
 * speaks it may take a child's place (design.md §6).
 */

/** A record as WeCom keeps it: sealed for the company's RSA key of that version. */
export interface Envelope {
  /** uint64 in decimal digits; it never becomes a number. */
  seq: string;
  msgid: string;
  publickey_ver: number;
  encrypt_random_key: string;
  encrypt_chat_msg: string;
}

export type Sealed = Pick<Envelope, 'publickey_ver' | 'encrypt_random_key' | 'encrypt_chat_msg'>;

/** The first line a child is told; it answers when the library is loaded and the company let in. */
export interface Start {
  op: 'start';
  /** Path of the shared library. */
  library: string;
  /** The library's hash, hexadecimal; another one is not loaded. */
  sha256: string | null;
  /** Where WeCom's API is: the vendor's library knows, another program may not. */
  api_base: string;
  corp_id: string;
  secret: string;
}

/** Private keys by version, in PEM. Told before anything is opened, and again when one is added. */
export interface Keys {
  op: 'keys';
  keys: { version: number; pem: string }[];
}

/** Asks for what comes after `seq`. Time in seconds, as the library takes it. */
export interface Pull {
  op: 'pull';
  seq: string;
  limit: number;
  timeout: number;
}

export interface Pulled {
  /** WeCom's own, inside a call that the library calls a success. */
  errcode: number;
  errmsg: string;
  envelopes: Envelope[];
}

/**
 * Answered for every envelope, in their order, a few to a line. What a child had not said when it died is asked again
 * one by one, so that what killed it can be told from what stood beside it.
 */
export interface Open {
  op: 'open';
  envelopes: readonly Sealed[];
}

export type Opened = { plain: string } | { fault: OpenFault; code: number | null };

/** Why an envelope stays shut. */
export type OpenFault =
  /** No private key of that version is here. */
  | 'key_missing'
  /** The key of that version does not fit. */
  | 'wrong_key'
  /** The library could not open it with the key it was given. */
  | 'undecryptable'
  /** It ended the process that tried to open it, more than once. */
  | 'poison';

/** One slice of a file; `index` is empty for the first. */
export interface Media {
  op: 'media';
  file_id: string;
  index: string;
  timeout: number;
}

export interface Slice {
  /** base64 */
  data: string;
  index: string;
  finished: boolean;
}

export type Request = Start | Keys | Pull | Open | Media;

/** What a line from a child says. `code` is the library's own, see `sdkCodes`. */
export type Answer =
  | { id: number; opened: Opened[] }
  | { id: number; done: unknown }
  | { id: number; fault: { code: number | null; message: string } };
