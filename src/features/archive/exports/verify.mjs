// Checks an export of the conversation archive. It needs Node 18 or newer and nothing else:
//
//   node verify.mjs [--key <key id>]     in the folder the export was unpacked to
//
// It says "intact", or names every file and record that is not what it was. Whether the key is the company's the reader
// must know: ask for its id by another way, and give it with --key.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const faults = [];
const bad = (what) => void faults.push(what);

const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const keyIdOf = (publicKey) => sha256(Buffer.from(publicKey, 'base64'));

async function hashOfFile(path) {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path)) digest.update(chunk);
  return digest.digest('hex');
}

function isSigned(publicKey, text, sig) {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(text), key, Buffer.from(sig, 'base64'));
  } catch {
    return false;
  }
}

function parsed(text, where) {
  try {
    return JSON.parse(text);
  } catch {
    bad(`${where}: cannot be read`);
    return undefined;
  }
}

async function* linesOf(name) {
  const path = join(root, name);
  if (!existsSync(path)) return;
  let number = 0;
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    const line = parsed(text, `${name}, line ${number}`);
    if (line) yield { line, where: `${name}, line ${number}` };
  }
}

// The manifest: signed, and it fixes every other file.

function readManifest() {
  const path = join(root, 'manifest.json');
  if (!existsSync(path)) return void bad('manifest.json: missing');
  const text = readFileSync(path, 'utf8');
  const manifest = parsed(text, 'manifest.json');
  if (!manifest) return undefined;
  const sigPath = join(root, 'manifest.sig');
  const sig = existsSync(sigPath) ? readFileSync(sigPath, 'utf8').trim() : '';
  if (keyIdOf(manifest.public_key) !== manifest.key_id || !isSigned(manifest.public_key, text, sig)) {
    bad('manifest.json: the signature does not fit');
  }
  const at = process.argv.indexOf('--key');
  if (at > 0 && process.argv[at + 1] !== manifest.key_id) bad(`manifest.json: signed with ${manifest.key_id}`);
  return manifest;
}

async function checkFiles({ files }) {
  const known = new Set(['manifest.json', 'manifest.sig', 'SHA256SUMS']);
  for (const { path, sha256: said } of files) {
    known.add(path);
    const full = join(root, path);
    if (!existsSync(full)) bad(`${path}: missing`);
    else if ((await hashOfFile(full)) !== said) bad(`${path}: changed`);
  }
  for (const path of allFiles(root)) if (!known.has(path)) bad(`${path}: does not belong to the export`);
}

const allFiles = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? allFiles(path) : [relative(root, path).split(sep).join('/')];
  });

function checkSums() {
  const path = join(root, 'SHA256SUMS');
  if (!existsSync(path)) return bad('SHA256SUMS: missing');
  for (const line of readFileSync(path, 'utf8').split('\n').filter(Boolean)) {
    const [said, name] = line.split('  ');
    const full = join(root, name ?? '');
    if (!name || !existsSync(full) || sha256(readFileSync(full)) !== said) bad(`SHA256SUMS: does not fit ${name}`);
  }
}

// A message: its text has the hash in its record, the record that of its leaf.

function faultsOf(line) {
  const { leaf, fields, salted } = line.evidence ?? {};
  if (!Array.isArray(fields) || String(fields[2]) !== line.id) return ['has no evidence'];
  const holds = {
    changed: sha256(`\u0000${JSON.stringify(fields)}`) === leaf,
    'another text': salted === null || sha256(salted) === fields[12],
    'the text is missing': salted !== null || line.state === 'purged',
    'shown otherwise than recorded': fields[4] === line.msgid && fields[6] === (line.from ?? ''),
  };
  return Object.keys(holds).filter((fault) => !holds[fault]);
}

/** @returns the leaves, by message */
async function checkMessages(manifest) {
  const leaves = new Map();
  for await (const { line, where } of linesOf('messages.jsonl')) {
    for (const fault of faultsOf(line)) bad(`${where}, message ${line.id}: ${fault}`);
    leaves.set(line.id, line.evidence?.leaf);
  }
  if (leaves.size !== manifest.messages) bad(`messages.jsonl: ${leaves.size} of ${manifest.messages} messages`);
  return leaves;
}

// The proofs: message → batch → link of the chain → signed checkpoint.

const joined = (left, right) => sha256(`\u0003${left}:${right}`);
const rootAbove = (leaf, steps, count) =>
  sha256(`\u0004${count}:${steps.reduce((at, { left, hash }) => (left ? joined(hash, at) : joined(at, hash)), leaf)}`);

function createChain() {
  const state = {
    corp: '',
    head: { n: -1, link: '' },
    keys: new Map(),
    rows: new Map(),
    pending: [],
    links: new Map(),
  };
  const signed = new Set();

  const read = {
    chain: ({ corp }) => {
      state.corp = corp;
    },
    key: ({ key_id, public_key }) => {
      if (keyIdOf(public_key) === key_id) state.keys.set(key_id, public_key);
    },
    row: ({ row_id, form, stream, fields, n }) => {
      const leaf = sha256(`\u0000${JSON.stringify([form, stream, row_id, ...fields])}`);
      state.rows.set(row_id, { leaf, n, count: fields[0], root: fields[1] });
    },
    from: ({ n, link }) => {
      state.head = { n, link };
      state.pending = [];
    },
    link: ({ n, sealed_at, leaf, link }, where) => {
      const made = sha256(`\u0001${JSON.stringify(state.corp)}:${n}:${sealed_at}:${state.head.link}:${leaf}`);
      if (n !== state.head.n + 1 || made !== link) bad(`${where}: link ${n} does not follow`);
      state.head = { n, link };
      state.links.set(n, leaf);
      state.pending.push(n);
    },
    checkpoint: ({ id, n, link, made_at, key_id, prev, sig }, where) => {
      const text = JSON.stringify(['checkpoint', 1, state.corp, id, n, link, made_at, key_id, prev]);
      const fits = n === state.head.n && link === state.head.link;
      if (!fits || !isSigned(state.keys.get(key_id) ?? '', text, sig)) bad(`${where}: checkpoint ${id} is not genuine`);
      else for (const one of state.pending) signed.add(one);
      state.pending = [];
    },
    anchor: ({ text }, where) => {
      const { sig, ...rest } = parsed(text, where) ?? {};
      const { corp, n, link, count, prev_anchor, made_at, key_id, public_key } = rest;
      const said = JSON.stringify(['anchor', 1, corp, n, link, count, prev_anchor, made_at, key_id, public_key]);
      if (keyIdOf(public_key ?? '') !== key_id || !isSigned(public_key, said, sig ?? '')) {
        bad(`${where}: an anchor is not genuine`);
      }
    },
  };

  return {
    take: (line, where) => read[line.kind]?.(line, where),
    keys: state.keys,
    /** @returns why a batch is not proven; undefined when it is */
    faultOf(batchId) {
      const row = state.rows.get(batchId);
      if (!row) return 'no proof';
      if (state.links.get(row.n) !== row.leaf) return 'not the batch that was linked';
      return signed.has(row.n) ? undefined : 'no signature covers it';
    },
    batch: (id) => state.rows.get(id),
  };
}

/** @returns why a message is not proven; undefined when it is */
function faultOfWay(chain, leaf, way) {
  if (!way) return 'no proof';
  const fault = chain.faultOf(way.batch_id);
  if (fault) return fault;
  const { count, root } = chain.batch(way.batch_id);
  return way.leaf === leaf && rootAbove(leaf, way.steps, count) === root ? undefined : 'not of its batch';
}

async function checkProofs(leaves, manifest) {
  const chain = createChain();
  const ways = new Map();
  for await (const { line, where } of linesOf('proofs.jsonl')) {
    if (line.kind === 'message') ways.set(String(line.id), line);
    else chain.take(line, where);
  }
  if (leaves.size > 0 && !chain.keys.has(manifest.key_id)) bad('proofs.jsonl: not signed with the key of the manifest');
  for (const [id, leaf] of leaves) {
    const fault = faultOfWay(chain, leaf, ways.get(id));
    if (fault) bad(`proofs.jsonl: message ${id}: ${fault}`);
  }
}

const manifest = readManifest();
if (manifest) {
  await checkFiles(manifest);
  checkSums();
  await checkProofs(await checkMessages(manifest), manifest);
}
const say = (text) => process.stdout.write(`${text}\n`);
if (faults.length === 0) {
  say(`intact: ${manifest.messages} messages of ${manifest.corp}, export ${manifest.export_id}`);
  say(`signed with key ${manifest.key_id}`);
} else {
  say(`NOT intact: ${faults.length} faults`);
  for (const fault of faults) say(`  ${fault}`);
  process.exitCode = 1;
}
