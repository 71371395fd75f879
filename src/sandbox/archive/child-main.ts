import { serveLibrary } from '../../wecom/archive/child';
import { openLibrary } from './library';

// A child of the archive as the vendor's would be, but of the pretend company.
void serveLibrary((_path, _sha256, apiBase) => openLibrary(apiBase), { input: process.stdin, output: process.stdout });
