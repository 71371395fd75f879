import { Parser } from 'xml2js';
import { z } from 'zod';
import { CallbackRefused } from './errors';

/** A node with children. Every leaf is text; a name that comes twice is a list. */
export interface XmlObject {
  [name: string]: XmlValue;
}
export type XmlValue = string | XmlObject | (string | XmlObject)[];

/** The outer, unencrypted part of a callback. */
export interface Envelope {
  toUserName: string;
  agentId: string | undefined;
  encrypt: string;
}

/** xml2js builds text, objects and lists only. */
const isElement = (value: unknown): value is XmlObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const maxBytes = 256 * 1024;
const maxDepth = 32;
const maxNodes = 20_000;

/** Names that xml2js itself uses inside the objects it builds. */
const reservedNames = new Set(['_', '$', '$$', '#name', 'cdata', 'prototype']);
const isReserved = (name: string): boolean => reservedNames.has(name) || name in Object.prototype;

/**
 * Reads one small XML document into plain objects, with no network, files, DTD or entities.
 * @throws CallbackRefused for anything else than one well-formed element with children, within the limits (S3)
 */
export function parseXml(text: string): XmlObject {
  assertSize(text);
  const root = parse(text.trimStart());
  if (!isElement(root)) throw new CallbackRefused('no element with children');
  return root;
}

/** The envelope of a callback, in XML or JSON. @throws CallbackRefused when a field is missing or comes twice */
export function parseEnvelope(text: string): Envelope {
  assertSize(text);
  return text.trimStart().startsWith('{') ? jsonEnvelope(text.trimStart()) : xmlEnvelope(parseXml(text));
}

/**
 * The entries of a node that may hold one or many. WeCom writes lists as repeated nodes, as `Item` children, or as
 * one comma-joined text (`MemChangeList` comes both ways).
 */
export function asList(value: XmlValue | undefined): (string | XmlObject)[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return value.split(',').flatMap((part) => part.trim() || []);
  if (value.Item === undefined) return [value];
  return Array.isArray(value.Item) ? value.Item : [value.Item];
}

/** xml2js keeps its sax parser in a public field that its types do not show. */
interface SaxHandlers {
  onopentag: (node: { name: string }) => void;
  onclosetag: (name: string) => void;
  ondoctype: () => void;
  onsgmldeclaration: () => void;
  onerror: () => void;
}
const handlersOf = (parser: Parser): SaxHandlers => (parser as unknown as { saxParser: SaxHandlers }).saxParser;

function parse(text: string): unknown {
  const parser = new Parser({ explicitArray: false, explicitRoot: false, trim: true, ignoreAttrs: true, async: false });
  guard(handlersOf(parser));
  let fault: unknown;
  let root: unknown;
  try {
    parser.parseString(text, (error, result) => {
      fault ??= error;
      root = result;
    });
  } catch (error) {
    fault = error;
  }
  if (fault instanceof CallbackRefused) throw fault;
  if (fault) throw new CallbackRefused('XML is not well-formed');
  return root;
}

/** Refuses while parsing, so that nothing big is ever built. */
function guard(sax: SaxHandlers): void {
  const open = sax.onopentag;
  const close = sax.onclosetag;
  let depth = 0;
  let nodes = 0;
  let closedRoot = false;
  sax.onopentag = (node) => {
    if (closedRoot) throw new CallbackRefused('two documents');
    if (++depth > maxDepth) throw new CallbackRefused('too deep');
    if (++nodes > maxNodes) throw new CallbackRefused('too many nodes');
    if (isReserved(node.name)) throw new CallbackRefused('reserved name');
    open(node);
  };
  sax.onclosetag = (name) => {
    closedRoot = --depth === 0;
    close(name);
  };
  sax.ondoctype = () => {
    throw new CallbackRefused('DOCTYPE');
  };
  sax.onsgmldeclaration = () => {
    throw new CallbackRefused('declaration');
  };
  // xml2js itself loses what comes after the end of the root.
  sax.onerror = () => {
    throw new CallbackRefused('XML is not well-formed');
  };
}

function assertSize(text: string): void {
  // A UTF-16 unit is one to three bytes of UTF-8: most texts need no counting.
  if (text.length > maxBytes || (text.length * 3 > maxBytes && Buffer.byteLength(text) > maxBytes)) {
    throw new CallbackRefused('too large');
  }
}

/** A field that came twice is a list here, and so refused. */
const xmlFields = z.object({ ToUserName: z.string(), AgentID: z.string().optional(), Encrypt: z.string().min(1) });
const jsonFields = z.object({
  tousername: z.string(),
  agentid: z.union([z.string(), z.number().transform(String)]).optional(),
  encrypt: z.string().min(1),
});

function xmlEnvelope(document: XmlObject): Envelope {
  const fields = xmlFields.safeParse(document);
  if (!fields.success) throw new CallbackRefused('envelope');
  const { ToUserName, AgentID, Encrypt } = fields.data;
  return { toUserName: ToUserName, agentId: AgentID || undefined, encrypt: Encrypt };
}

function jsonEnvelope(text: string): Envelope {
  const fields = jsonFields.safeParse(parseJson(text));
  if (!fields.success || hasTwice(text)) throw new CallbackRefused('envelope');
  const { tousername, agentid, encrypt } = fields.data;
  return { toUserName: tousername, agentId: agentid || undefined, encrypt };
}

/** JSON.parse lets the last of two equal names win. */
function hasTwice(text: string): boolean {
  const names = [...text.matchAll(/"(tousername|agentid|encrypt)"\s*:/gi)].map(([, name]) => name);
  return new Set(names).size < names.length;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CallbackRefused('JSON');
  }
}
