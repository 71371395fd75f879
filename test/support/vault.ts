import { firstKeys, Vault } from '../../src/core/vault';

const masterKey = Buffer.from('0123456789abcdef0123456789ABCDEF');

/** The vault of a company at test: what one test file seals another part of it opens. */
export const vaultAtTest = new Vault(masterKey, 'wwtest', firstKeys(masterKey, 'wwtest'));
