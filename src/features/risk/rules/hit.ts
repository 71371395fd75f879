/** Where something was found. Nothing that was said, only of what class it is. */
export interface Place {
  path: string;
  from: number | null;
  to: number | null;
  /** Class of an identifier or code. */
  what: string | null;
  /** An identifier, too little of it to call or pay with. */
  masked: string | null;
  /** By which an equal one is known. */
  hash: string | null;
}

/** A matcher of a rule found something in a message. */
export interface Hit {
  rule_id: string;
  version: number;
  matcher: number;
  message_id: number;
  conversation_id: string;
  msgid: string;
  sent_at: Date;
  content: string;
  userid: string | null;
  external_userid: string | null;
  chat_id: string | null;
  /** Nothing of it stood there openly. */
  fuzzy: boolean;
  places: readonly Place[];
}
