import { extname, join } from 'node:path';

/**
 * The program that takes the place of the vendor's library: what `WECOM_ARCHIVE_SDK_PATH` names in the demo and in
 * tests. JavaScript where the sandbox runs compiled, TypeScript (to be run through tsx) where it runs from source.
 */
export const archiveProgram = join(__dirname, `child-main${extname(__filename)}`);
